package io.tokenwatt.collectors.spool;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** An open file. For one thread, which must not be interrupted: that would close the file. */
public interface SpoolFile extends Closeable {
  /**
   * Writes all of the buffer.
   *
   * @throws IOException if it does not fit; a part of it may be in the file then
   */
  void write(ByteBuffer bytes, long at) throws IOException;

  /** Fills the buffer as far as the file goes. */
  void read(ByteBuffer into, long at) throws IOException;

  long size() throws IOException;

  void truncate(long size) throws IOException;

  /** A file of the operating system. */
  static SpoolFile open(Path path) throws IOException {
    FileChannel channel =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    return new OpenFile(channel);
  }

  /** One that is a channel. */
  record OpenFile(FileChannel channel) implements SpoolFile {
    @Override
    public void write(ByteBuffer bytes, long at) throws IOException {
      long next = at;
      while (bytes.hasRemaining()) {
        next += channel.write(bytes, next);
      }
    }

    @Override
    public void read(ByteBuffer into, long at) throws IOException {
      long next = at;
      while (into.hasRemaining()) {
        int count = channel.read(into, next);
        if (count < 0) {
          return;
        }
        next += count;
      }
    }

    @Override
    public long size() throws IOException {
      return channel.size();
    }

    @Override
    public void truncate(long size) throws IOException {
      channel.truncate(size);
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
