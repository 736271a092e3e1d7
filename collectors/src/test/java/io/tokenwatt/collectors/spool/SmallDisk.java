package io.tokenwatt.collectors.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Files of a real folder on a disk of so many bytes: like a real one, it writes as much as still
 * fits and then says that it is full. Deleted files give their bytes back.
 */
final class SmallDisk implements SpoolFiles {
  private final Map<Path, Long> sizes = new HashMap<>();
  long capacity;

  SmallDisk(long capacity) {
    this.capacity = capacity;
  }

  private long free() {
    sizes.keySet().removeIf(path -> !java.nio.file.Files.exists(path));
    return capacity - sizes.values().stream().mapToLong(Long::longValue).sum();
  }

  @Override
  public SpoolFile open(Path path) throws IOException {
    SpoolFile file = SpoolFile.open(path);
    sizes.put(path, file.size());
    return new SpoolFile() {
      @Override
      public void write(ByteBuffer bytes, long at) throws IOException {
        long size = sizes.getOrDefault(path, 0L);
        long grows = Math.max(0, at + bytes.remaining() - size);
        long fits = Math.min(grows, Math.max(0, free()));
        ByteBuffer part = bytes.duplicate();
        part.limit((int) (part.limit() - (grows - fits)));
        file.write(part, at);
        sizes.put(path, size + fits);
        if (fits < grows) {
          throw new IOException("No space left on device");
        }
      }

      @Override
      public void read(ByteBuffer into, long at) throws IOException {
        file.read(into, at);
      }

      @Override
      public long size() throws IOException {
        return file.size();
      }

      @Override
      public void truncate(long size) throws IOException {
        file.truncate(size);
        sizes.put(path, size);
      }

      @Override
      public void close() throws IOException {
        file.close();
      }
    };
  }
}
