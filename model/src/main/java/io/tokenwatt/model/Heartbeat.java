package io.tokenwatt.model;

/**
 * A record that tells nothing but Kafka's time: the jobs write one to every partition of {@link
 * Topics#NODE_SAMPLES} and {@link Topics#REQUEST_EVENTS}, once a second, so that a partition in
 * which nobody writes has a time too. Whoever reads these topics skips it; it is counted nowhere.
 */
public final class Heartbeat {
  /** Its key. Its value is null. */
  public static final String KEY = "tokenwatt.heartbeat";

  /**
   * The time that its writer gives it. Under LogAppendTime the broker puts its own in the place;
   * elsewhere this one is before every sample's, and moves nothing.
   */
  public static final long WRITTEN_MS = 0;

  private Heartbeat() {}

  /**
   * A record's value may be read as null or as no bytes; a sample is never empty.
   *
   * @param key null where the record has none
   */
  public static boolean is(String key, byte[] value) {
    return KEY.equals(key) && (value == null || value.length == 0);
  }
}
