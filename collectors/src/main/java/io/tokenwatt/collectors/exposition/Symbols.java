package io.tokenwatt.collectors.exposition;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Names and label values seen before, so that the same bytes give the same String again without an
 * allocation. A cache of fixed size: a lookup looks at four slots at most and then replaces one, so
 * no input, however hostile, makes it slow or large.
 */
final class Symbols {

  private static final int PROBES = 4;

  /** Longer texts are hardly ever met twice. */
  private static final int MAX_BYTES = 256;

  private final byte[][] keys;
  private final String[] values;

  /**
   * @param slots a power of two
   */
  Symbols(int slots) {
    keys = new byte[slots][];
    values = new String[slots];
  }

  /** The text of the bytes [from, to), which are valid UTF-8. */
  String text(byte[] bytes, int from, int to) {
    if (from == to) {
      return "";
    }
    if (to - from > MAX_BYTES) {
      return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }
    int home = hash(bytes, from, to);
    for (int probe = 0; probe < PROBES; probe++) {
      int slot = (home + probe) & (keys.length - 1);
      byte[] key = keys[slot];
      if (key == null) {
        return put(slot, bytes, from, to);
      }
      if (Arrays.equals(key, 0, key.length, bytes, from, to)) {
        return values[slot];
      }
    }
    return put(home & (keys.length - 1), bytes, from, to);
  }

  private String put(int slot, byte[] bytes, int from, int to) {
    keys[slot] = Arrays.copyOfRange(bytes, from, to);
    values[slot] = new String(keys[slot], StandardCharsets.UTF_8);
    return values[slot];
  }

  private static int hash(byte[] bytes, int from, int to) {
    int hash = to - from;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + bytes[i];
    }
    return hash ^ (hash >>> 15);
  }
}
