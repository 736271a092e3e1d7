package io.tokenwatt.jobs.efficiency;

import io.tokenwatt.model.Heartbeat;

/**
 * A Kafka record before it is decoded, so that keying and shuffling it costs a copy of bytes.
 *
 * @param key the node id; "" where the record has none
 * @param timestampMs Kafka's record time (LogAppendTime on tokenwatt.node-samples)
 */
public record RawRecord(
    String key, byte[] value, long timestampMs, String topic, int partition, long offset) {

  /** Something is told by it, be it wrong; false = it only moves record time on. */
  public boolean tells() {
    return !Heartbeat.is(key, value);
  }
}
