package io.tokenwatt.collectors.spool;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The place up to which Kafka has everything, in a file of its own, written over in place. If it is
 * lost, records are sent once more than needed. For one thread.
 */
final class Acknowledged implements Closeable {
  private static final int BYTES = 20;

  private final SpoolFile file;
  private Place written;

  Acknowledged(SpoolFile file) throws IOException {
    this.file = file;
    this.written = read();
  }

  private Place read() throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(BYTES);
    file.read(bytes, 0);
    boolean whole = !bytes.hasRemaining() && bytes.getInt(BYTES - 4) == crc(bytes);
    return whole ? new Place(bytes.getLong(0), bytes.getLong(8)) : Place.START;
  }

  /** The last one written, by this process or the one before. */
  Place place() {
    return written;
  }

  void write(Place place) throws IOException {
    if (place.equals(written)) {
      return;
    }
    ByteBuffer bytes = ByteBuffer.allocate(BYTES);
    bytes.putLong(place.segment()).putLong(place.offset());
    file.write(bytes.putInt(crc(bytes)).flip(), 0);
    written = place;
  }

  private static int crc(ByteBuffer bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes.array(), 0, BYTES - 4);
    return (int) crc.getValue();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
