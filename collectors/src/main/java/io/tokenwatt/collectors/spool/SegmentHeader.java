package io.tokenwatt.collectors.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.CRC32C;

/** The first bytes of a file of records: what it is, and which boot its steady times are of. */
final class SegmentHeader {
  static final int BYTES = 28;
  private static final byte[] MAGIC = "TWSPOOL1".getBytes(StandardCharsets.US_ASCII);

  private SegmentHeader() {}

  static ByteBuffer of(UUID boot) {
    ByteBuffer header = ByteBuffer.allocate(BYTES).put(MAGIC);
    header.putLong(boot.getMostSignificantBits()).putLong(boot.getLeastSignificantBits());
    return header.putInt(crc(header)).flip();
  }

  /** Empty where the file does not begin with a whole header of this version. */
  static Optional<UUID> read(SpoolFile file) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(BYTES);
    file.read(header, 0);
    boolean whole =
        !header.hasRemaining()
            && ByteBuffer.wrap(header.array(), 0, MAGIC.length).equals(ByteBuffer.wrap(MAGIC))
            && header.getInt(BYTES - 4) == crc(header);
    return whole ? Optional.of(new UUID(header.getLong(8), header.getLong(16))) : Optional.empty();
  }

  private static int crc(ByteBuffer header) {
    CRC32C crc = new CRC32C();
    crc.update(header.array(), 0, BYTES - 4);
    return (int) crc.getValue();
  }
}
