package io.tokenwatt.collectors.spool;

import io.tokenwatt.collectors.clock.Moment;

/**
 * A record that waits; the arrays are not copied and must not be changed.
 *
 * @param at when it was accepted, the steady part on this boot's scale
 * @param key of Kafka's record, less than 64 KiB
 */
public record Entry(Moment at, byte[] key, byte[] value) {
  public int bytes() {
    return key.length + value.length;
  }
}
