package io.tokenwatt.collectors.spool;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A folder that belongs to one agent at a time, and what the agent keeps in it besides records. An
 * agent that ends, in whatever way, leaves it to the next.
 */
public final class SpoolFolder implements Closeable {
  /** Longer than an agent drains, so that a new one may be started while the old one ends. */
  public static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Path dir;
  private final FileChannel lock;

  private SpoolFolder(Path dir, FileChannel lock) {
    this.dir = dir;
    this.lock = lock;
  }

  /**
   * Makes the folder where it is absent, and waits for an agent that still has it.
   *
   * @throws IOException if it cannot be written, or another agent keeps it
   */
  public static SpoolFolder claim(Path dir, Duration patience) throws IOException {
    FileChannel lock;
    try {
      Files.createDirectories(dir);
      lock =
          FileChannel.open(
              dir.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new IOException(
          "spool.dir " + dir + " cannot be used: " + e + "; it must be writable by the agent", e);
    }
    long start = System.nanoTime();
    while (!isLocked(lock)) {
      if (System.nanoTime() - start > patience.toNanos()) {
        lock.close();
        throw new IOException(
            "spool.dir " + dir + " is in use by another agent; give each a folder of its own");
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
    return new SpoolFolder(dir, lock);
  }

  private static boolean isLocked(FileChannel file) throws IOException {
    try {
      // Held until the channel is closed, or this process is gone.
      return file.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  /**
   * The number of a new run: the time, but always higher than the last run's, so that the jobs take
   * this agent's records for the newer ones even if the clock was set back in between.
   *
   * @return Unix ms, or a little more
   * @throws IOException if the number cannot be kept for the next run
   */
  public long nextRun(long wallMs) throws IOException {
    Path file = dir.resolve("agent_run");
    long last = 0;
    if (Files.exists(file)) {
      String text = Files.readString(file).strip();
      last = text.matches("\\d{1,16}") ? Long.parseLong(text) : 0;
    }
    long run = Math.max(wallMs, last + 1);
    Path fresh = dir.resolve("agent_run.new");
    Files.writeString(fresh, run + "\n");
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    return run;
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
