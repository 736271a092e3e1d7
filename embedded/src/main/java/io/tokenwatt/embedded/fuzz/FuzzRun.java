package io.tokenwatt.embedded.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;

/**
 * Reads spoilt inputs one after the other. Fails with the input's number and text if a reader
 * throws what it must not or takes longer than a minute for one of them. The build runs few, always
 * the same; {@code mvn -P fuzz verify} runs {@code -Dtokenwatt.fuzz.times} as many from {@code
 * -Dtokenwatt.fuzz.seed}. Both are written into {@code target/fuzz}. Long runs also look at memory.
 * Not thread-safe.
 */
public final class FuzzRun {
  private static final long SEED = 20261121;
  private static final long MEASURED = 100_000;
  private static final long MOST_GROWTH_BYTES = 64L << 20;
  private static final long DEADLINE_NANOS = TimeUnit.MINUTES.toNanos(1);

  /** What reads. Refusals that are part of its contract are caught by it, not thrown. */
  public interface Reader {
    void read(byte[] input) throws Exception;
  }

  private final String name;
  private final long executions;
  private final AtomicLong done = new AtomicLong();
  private volatile long startedNanos;
  private volatile Throwable failure;

  /**
   * @param executions in the build; the property multiplies them
   */
  public FuzzRun(String name, long executions) {
    this.name = name;
    this.executions = executions * Long.getLong("tokenwatt.fuzz.times", 1);
  }

  /** Of the inputs; the same one in every build, another one where the property says so. */
  public static long seed() {
    return Long.getLong("tokenwatt.fuzz.seed", SEED);
  }

  /**
   * @throws AssertionError naming seed and execution, with the input in Base64
   */
  public void over(LongFunction<byte[]> inputs, Reader reader) throws InterruptedException {
    long begin = System.nanoTime();
    startedNanos = begin;
    Thread thread = new Thread(() -> readAll(inputs, reader), "fuzz-" + name);
    thread.setDaemon(true);
    thread.start();
    while (thread.isAlive()) {
      thread.join(1_000);
      if (thread.isAlive() && System.nanoTime() - startedNanos > DEADLINE_NANOS) {
        AssertionError hang = new AssertionError(at(inputs) + " took longer than a minute");
        hang.setStackTrace(thread.getStackTrace());
        throw hang;
      }
    }
    if (failure != null) {
      throw new AssertionError(at(inputs) + ": " + failure, failure);
    }
    record(System.nanoTime() - begin);
  }

  private void readAll(LongFunction<byte[]> inputs, Reader reader) {
    long before = 0;
    try {
      for (long n = 0; n < executions; n++) {
        startedNanos = System.nanoTime();
        reader.read(inputs.apply(n));
        done.incrementAndGet();
        if (executions >= MEASURED && n == executions / 10) {
          before = usedBytes();
        }
      }
      long grown = before == 0 ? 0 : usedBytes() - before;
      if (grown > MOST_GROWTH_BYTES) {
        throw new AssertionError("memory grew by " + grown + " bytes in nine tenths of the run");
      }
    } catch (Throwable e) {
      failure = e;
    }
  }

  private static long usedBytes() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private String at(LongFunction<byte[]> inputs) {
    byte[] input = inputs.apply(Math.min(done.get(), executions - 1));
    return "%s: -Dtokenwatt.fuzz.seed=%d, execution %d, input %s"
        .formatted(name, seed(), done.get(), Base64.getEncoder().encodeToString(input));
  }

  private void record(long nanos) {
    String line =
        "%s: seed %d, %d executions, %.1f s%n".formatted(name, seed(), done.get(), nanos / 1e9);
    System.out.print(line);
    try {
      Path folder = Files.createDirectories(Path.of("target", "fuzz"));
      Files.writeString(folder.resolve(name + ".txt"), line);
    } catch (IOException e) {
      throw new AssertionError("the seed cannot be recorded", e);
    }
  }
}
