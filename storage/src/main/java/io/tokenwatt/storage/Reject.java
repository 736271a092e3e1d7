package io.tokenwatt.storage;

import java.util.Arrays;

/**
 * One row of {@code rejects}: a Kafka record that was not counted, and why. Its Kafka position and
 * reason are its identity, so a replay adds nothing.
 *
 * @param timeMs the Kafka record time (never the clock of whoever rejects)
 * @param node the node if the record got that far, else the record's key, else ""
 * @param reason short and stable, the same word as in the counters
 * @param detail what was wrong and where
 * @param payloadBytes size of the whole payload
 * @param payload its first {@value #KEPT_BYTES} bytes; empty where the payload must not be kept
 */
public record Reject(
    long timeMs,
    String topic,
    int partition,
    long offset,
    String node,
    String reason,
    String detail,
    long payloadBytes,
    byte[] payload) {

  public static final int KEPT_BYTES = 1024;

  public Reject {
    if (payload.length > KEPT_BYTES) {
      payload = Arrays.copyOf(payload, KEPT_BYTES);
    }
  }
}
