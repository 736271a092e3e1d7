package io.tokenwatt.quickstart.fleet.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing buffer of UTF-8 that numbers are written to without a String. Not thread-safe. */
final class TextOut {
  private byte[] bytes;
  private int length;

  TextOut(int capacity) {
    bytes = new byte[Math.max(64, capacity)];
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  void put(byte[] text) {
    room(text.length);
    System.arraycopy(text, 0, bytes, length, text.length);
    length += text.length;
  }

  void put(String ascii) {
    for (int i = 0; i < ascii.length(); i++) {
      put(ascii.charAt(i));
    }
  }

  void put(char ascii) {
    room(1);
    bytes[length++] = (byte) ascii;
  }

  /** A non-negative whole number. */
  void putLong(long value) {
    if (value < 0) {
      throw new IllegalArgumentException("the exporters show no negative number, got " + value);
    }
    room(20);
    int digits = 1;
    for (long rest = value / 10; rest > 0; rest /= 10) {
      digits++;
    }
    for (int i = length + digits - 1; i >= length; i--) {
      bytes[i] = (byte) ('0' + value % 10);
      value /= 10;
    }
    length += digits;
  }

  /** Go's {@code %f}: six decimals, always. */
  void putFixed6(double value) {
    long millionths = Math.round(value * 1e6);
    putLong(millionths / 1_000_000);
    put('.');
    long fraction = millionths % 1_000_000;
    for (long digit = 100_000; digit > 0; digit /= 10) {
      put((char) ('0' + fraction / digit % 10));
    }
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  private void room(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(length + more, 2 * bytes.length));
    }
  }
}
