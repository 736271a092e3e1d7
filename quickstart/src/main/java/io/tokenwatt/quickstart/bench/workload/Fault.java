package io.tokenwatt.quickstart.bench.workload;

/**
 * A regression, as a change of physics at the same load. Times are Unix ms, half-open.
 *
 * @param size 0.2 = 20 % more energy per token (and per-token time, for CLOCK)
 * @param growth how the size is reached
 */
public record Fault(Kind kind, Growth growth, double size, long fromMs, long untilMs) {
  private static final double DAY_MS = 86_400_000.0;

  /** What gets worse. */
  public enum Kind {
    /** Boards draw more for the same work: firmware, heat, a neighbour on the board. */
    POWER,
    /** Steps take longer at the same power: clocks, a driver, an engine's version. */
    CLOCK
  }

  /** How it gets there. */
  public enum Growth {
    /** All of it at {@code fromMs}. */
    STEP,
    /** {@code size} per day, compounding, from {@code fromMs} on. */
    PER_DAY
  }

  /** No fault. */
  public static final Fault NONE =
      new Fault(Kind.POWER, Growth.STEP, 0, Long.MAX_VALUE, Long.MAX_VALUE);

  /** Factor on a tick [fromMs, toMs): the mean over the tick, for a fault may begin within it. */
  public double factor(long tickFromMs, long tickToMs) {
    long from = Math.max(tickFromMs, fromMs);
    long to = Math.min(tickToMs, untilMs);
    if (from >= to) {
      return 1;
    }
    double share = (double) (to - from) / (tickToMs - tickFromMs);
    return 1 + share * sizeAt((from + to) / 2);
  }

  /** What a measure at the same load is above what it was, as a share. */
  public double sizeAt(long atMs) {
    if (atMs < fromMs || atMs >= untilMs) {
      return 0;
    }
    return switch (growth) {
      case STEP -> size;
      case PER_DAY -> Math.pow(1 + size, (atMs - fromMs) / DAY_MS) - 1;
    };
  }
}
