package io.tokenwatt.storage;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A growing buffer in ClickHouse's RowBinary format: fixed-width values little-endian, strings and
 * arrays preceded by their length as an unsigned LEB128. Reused from one insert to the next; not
 * thread-safe.
 */
final class RowBinary {
  private byte[] bytes = new byte[1 << 16];
  private int length;

  void clear() {
    length = 0;
  }

  /** The bytes written so far; valid until the next {@link #clear()}. */
  InputStream stream() {
    return new ByteArrayInputStream(bytes, 0, length);
  }

  /** DateTime: Unix seconds. */
  void seconds(long unixMs) {
    int32((int) Math.floorDiv(unixMs, 1000L));
  }

  void int32(int value) {
    reserve(Integer.BYTES);
    for (int shift = 0; shift < Integer.SIZE; shift += 8) {
      bytes[length++] = (byte) (value >>> shift);
    }
  }

  /** Int64, UInt64 or DateTime64: the same eight bytes. */
  void int64(long value) {
    reserve(Long.BYTES);
    for (int shift = 0; shift < Long.SIZE; shift += 8) {
      bytes[length++] = (byte) (value >>> shift);
    }
  }

  void int64s(long[] values) {
    for (long value : values) {
      int64(value);
    }
  }

  void array(long[] values) {
    size(values.length);
    int64s(values);
  }

  void array(int[] values) {
    size(values.length);
    for (int value : values) {
      int32(value);
    }
  }

  void strings(List<?> values) {
    size(values.size());
    values.forEach(value -> string((String) value));
  }

  /** Float64. */
  void real(double value) {
    int64(Double.doubleToLongBits(value));
  }

  /** Nullable(Float64). */
  void realOrNone(Double value) {
    bool(value == null);
    if (value != null) {
      real(value);
    }
  }

  /** Nullable(Int64). */
  void int64OrNone(Long value) {
    bool(value == null);
    if (value != null) {
      int64(value);
    }
  }

  /** Nullable(Int16) or Nullable(UInt16): the same two bytes. */
  void int16OrNone(Integer value) {
    bool(value == null);
    if (value != null) {
      reserve(Short.BYTES);
      bytes[length++] = value.byteValue();
      bytes[length++] = (byte) (value >>> 8);
    }
  }

  /** Map(String, String), in the order of the names: equal maps are equal bytes. */
  void strings(Map<String, String> values) {
    size(values.size());
    new TreeMap<>(values)
        .forEach(
            (name, value) -> {
              string(name);
              string(value);
            });
  }

  void bool(boolean value) {
    reserve(1);
    bytes[length++] = (byte) (value ? 1 : 0);
  }

  void string(String value) {
    bytes(value.getBytes(StandardCharsets.UTF_8));
  }

  void bytes(byte[] value) {
    size(value.length);
    reserve(value.length);
    System.arraycopy(value, 0, bytes, length, value.length);
    length += value.length;
  }

  private void size(int value) {
    reserve(5);
    int rest = value;
    while (rest > 0x7f) {
      bytes[length++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[length++] = (byte) rest;
  }

  private void reserve(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, Math.addExact(length, more)));
    }
  }
}
