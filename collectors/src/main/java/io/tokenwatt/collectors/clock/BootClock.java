package io.tokenwatt.collectors.clock;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * This machine's clocks. Its steady milliseconds go on from one process to the next while the
 * machine runs (Linux tells them in {@code /proc/uptime}), so a record's age is known across a
 * restart of the agent even if the wall clock was set in between. Where the system does not tell,
 * each process is a boot of its own. Immutable.
 */
public final class BootClock implements Supplier<Moment> {
  private static final long NEAR_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final Path UPTIME = Path.of("/proc/uptime");
  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

  private final UUID boot;
  private final long originNanos;

  private BootClock(UUID boot, long originNanos) {
    this.boot = boot;
    this.originNanos = originNanos;
  }

  /** Never fails. */
  public static BootClock read() {
    long now = System.nanoTime();
    try {
      String uptime = Files.readString(UPTIME);
      long sinceBoot = (long) (Double.parseDouble(uptime.split(" ", 2)[0]) * 1e9);
      return new BootClock(UUID.fromString(Files.readString(BOOT_ID).strip()), now - sinceBoot);
    } catch (IOException | IllegalArgumentException e) {
      return new BootClock(UUID.randomUUID(), now);
    }
  }

  /** Which boot the steady milliseconds count from. */
  public UUID boot() {
    return boot;
  }

  @Override
  public Moment get() {
    while (true) {
      long before = System.nanoTime();
      long wallMs = System.currentTimeMillis();
      // Stopped between the two readings they would not be of one instant.
      if (System.nanoTime() - before < NEAR_NANOS) {
        return new Moment(TimeUnit.NANOSECONDS.toMillis(before - originNanos), wallMs);
      }
    }
  }
}
