package io.tokenwatt.jobs.efficiency;

/**
 * A Kafka record before it is decoded, so that keying and shuffling it costs a copy of bytes.
 *
 * @param key the node id; "" where the record has none
 * @param timestampMs Kafka's record time (LogAppendTime on tokenwatt.node-samples)
 */
public record RawRecord(
    String key, byte[] value, long timestampMs, String topic, int partition, long offset) {}
