package io.tokenwatt.collectors.spool;

import io.tokenwatt.collectors.clock.Moment;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * One record in a file: payload length, CRC32C (RFC 3720) of length and payload, payload.
 *
 * <p>A read frame is whole or it is not, for a reason; never in between. Stateless.
 */
final class Frame {
  static final String TORN = "torn";
  static final String BAD_CHECKSUM = "bad_checksum";
  private static final int HEAD = 8;
  private static final int FIXED = 18;

  /** More than the jobs read (16 MiB); a longer one is no length. */
  private static final int MOST_PAYLOAD = 17 << 20;

  private Frame() {}

  /**
   * @param entry null = what is there is no whole frame
   * @param end where the next one begins
   * @param problem why there is none; "" where there is one
   */
  record Read(Entry entry, long end, String problem) {
    static Read bad(String problem) {
      return new Read(null, -1, problem);
    }
  }

  static long bytes(Entry entry) {
    return HEAD + FIXED + (long) entry.bytes();
  }

  /** Ready to be written. */
  static ByteBuffer of(Entry entry) {
    ByteBuffer frame = ByteBuffer.allocate(Math.toIntExact(bytes(entry)));
    int length = frame.capacity() - HEAD;
    frame.putInt(length).putInt(0);
    frame.putLong(entry.at().steadyMs()).putLong(entry.at().wallMs());
    frame.putShort((short) entry.key().length).put(entry.key()).put(entry.value());
    frame.putInt(4, crc(length, frame.array(), HEAD));
    return frame.flip();
  }

  /**
   * The frame at an offset of a file, of which bytes up to {@code limit} count.
   *
   * @throws IOException if the file cannot be read
   */
  static Read at(SpoolFile file, long offset, long limit) throws IOException {
    if (limit - offset < HEAD + FIXED) {
      return Read.bad(TORN);
    }
    ByteBuffer head = ByteBuffer.allocate(HEAD);
    file.read(head, offset);
    int length = head.getInt(0);
    if (length < FIXED || length > MOST_PAYLOAD) {
      return Read.bad(BAD_CHECKSUM);
    }
    if (length > limit - offset - HEAD) {
      return Read.bad(TORN);
    }
    ByteBuffer payload = ByteBuffer.allocate(length);
    file.read(payload, offset + HEAD);
    if (payload.hasRemaining() || crc(length, payload.array(), 0) != head.getInt(4)) {
      return Read.bad(payload.hasRemaining() ? TORN : BAD_CHECKSUM);
    }
    return entry(payload.flip(), offset + HEAD + length);
  }

  private static Read entry(ByteBuffer payload, long end) {
    Moment at = new Moment(payload.getLong(), payload.getLong());
    int keyLength = Short.toUnsignedInt(payload.getShort());
    if (keyLength > payload.remaining()) {
      return Read.bad(BAD_CHECKSUM);
    }
    byte[] key = new byte[keyLength];
    payload.get(key);
    byte[] value = new byte[payload.remaining()];
    payload.get(value);
    return new Read(new Entry(at, key, value), end, "");
  }

  private static int crc(int length, byte[] bytes, int from) {
    CRC32C crc = new CRC32C();
    crc.update(ByteBuffer.allocate(4).putInt(length).flip());
    crc.update(bytes, from, bytes.length - from);
    return (int) crc.getValue();
  }
}
