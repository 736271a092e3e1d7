package io.tokenwatt.jobs.rejects;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * A record that was kept aside.
 *
 * @param position where it lies in tokenwatt.rejects, as partition:offset
 * @param timeMs when it was kept aside, by Kafka's record time
 * @param topic where it came from; "" = not told
 * @param origin its position there, as partition:offset; "" = it never was in that topic
 * @param reason short and stable
 * @param detail for people
 * @param key as it came; null = none
 * @param value as it came; empty where what it says is not kept
 */
record Kept(
    String position,
    long timeMs,
    String topic,
    String origin,
    String reason,
    String detail,
    byte[] key,
    byte[] value) {

  static Kept of(ConsumerRecord<byte[], byte[]> record) {
    return new Kept(
        record.partition() + ":" + record.offset(),
        record.timestamp(),
        header(record, "topic"),
        header(record, "position"),
        header(record, "reason"),
        header(record, "detail"),
        record.key(),
        record.value() == null ? new byte[0] : record.value());
  }

  String keyText() {
    return key == null ? "" : new String(key, StandardCharsets.UTF_8);
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null || header.value() == null
        ? ""
        : new String(header.value(), StandardCharsets.UTF_8);
  }
}
