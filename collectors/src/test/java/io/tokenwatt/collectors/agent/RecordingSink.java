package io.tokenwatt.collectors.agent;

import io.tokenwatt.collectors.publish.SampleSink;
import io.tokenwatt.model.proto.NodeSample;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what it is given. */
public final class RecordingSink implements SampleSink {
  final List<NodeSample> samples = new CopyOnWriteArrayList<>();
  volatile boolean closed;

  @Override
  public void publish(NodeSample sample) {
    samples.add(sample);
  }

  NodeSample last() {
    return samples.get(samples.size() - 1);
  }

  @Override
  public void close() {
    closed = true;
  }
}
