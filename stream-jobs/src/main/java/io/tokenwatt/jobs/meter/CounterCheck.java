package io.tokenwatt.jobs.meter;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * Compares a board's energy counter with the integral of its power readings over the same time.
 *
 * <p>Over 4 minutes with readings at most 10 s apart: on real traces at 1 Hz the energy of 5
 * minutes, estimated from one reading every 10 s, is wrong by at most 2.7 %, every 15 s by 5.0 %
 * (PEERS.md), so sampling alone stays within the tolerance. It begins and ends where the counter
 * moves, so that a source that refreshes every 30 s is compared over whole periods.
 */
public final class CounterCheck {
  static final long CHECK_MS = 240_000;

  /** A counter that has not moved for so long is judged as it stands. */
  static final long STUCK_MS = TimeModel.MAX_GAP_MS;

  static final long MAX_SPACING_MS = 10_000;
  static final long TOLERANCE_PERCENT = 5;

  /** Exporters show whole watts; less than this is rounding. */
  static final long TOLERANCE_WATTS = 2;

  private final CounterCheckState state;

  public CounterCheck(CounterCheckState state) {
    this.state = state;
  }

  /**
   * What both said of (fromMs, toMs], in millijoules. They contradict each other if they differ by
   * more than 5 % of the larger and by more than a mean of 2 W, which rounding explains.
   */
  public record Verdict(long fromMs, long toMs, long counterMj, long powerMj) {
    public boolean contradicts() {
      long difference = Math.abs(counterMj - powerMj);
      return difference * 100 > TOLERANCE_PERCENT * Math.max(counterMj, powerMj)
          && difference > TOLERANCE_WATTS * (toMs - fromMs);
    }
  }

  /** Takes the readings at {@code atMs}, after all earlier ones; empty = not there. */
  public Optional<Verdict> read(OptionalLong counterMj, OptionalLong powerMw, long atMs) {
    if (counterMj.isEmpty() || powerMw.isEmpty()) {
      state.fromMs = 0;
      state.readMs = 0;
      return Optional.empty();
    }
    long mj = counterMj.getAsLong();
    boolean follows = state.readMs > 0 && atMs - state.readMs <= MAX_SPACING_MS;
    if (!follows || mj < state.readMj) {
      state.fromMs = 0;
    } else if (state.fromMs > 0) {
      state.powerUj += (state.readMw + powerMw.getAsLong()) * (atMs - state.readMs) / 2;
    }
    boolean moved = follows && mj > state.readMj;
    state.readMs = atMs;
    state.readMj = mj;
    state.readMw = powerMw.getAsLong();
    return judge(mj, moved, atMs);
  }

  private Optional<Verdict> judge(long mj, boolean moved, long atMs) {
    long since = atMs - state.fromMs;
    boolean running = state.fromMs > 0;
    if (running && since < STUCK_MS && !(moved && since >= CHECK_MS)) {
      return Optional.empty();
    }
    Optional<Verdict> verdict =
        running
            ? Optional.of(new Verdict(state.fromMs, atMs, mj - state.fromMj, state.powerUj / 1000))
            : Optional.empty();
    state.fromMs = moved ? atMs : 0;
    state.fromMj = mj;
    state.powerUj = 0;
    return verdict;
  }
}
