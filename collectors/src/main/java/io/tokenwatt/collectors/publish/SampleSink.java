package io.tokenwatt.collectors.publish;

import io.tokenwatt.model.proto.NodeSample;

/**
 * Takes the records of an agent, one per node and tick. Thread-safe; never blocks, never throws.
 */
public interface SampleSink extends AutoCloseable {

  /**
   * Accepts the record or counts why not. A node's records are passed in the order of its ticks.
   */
  void publish(NodeSample sample);

  /** Delivers what was accepted, for at most a few seconds; counts the rest as failed. */
  @Override
  void close();
}
