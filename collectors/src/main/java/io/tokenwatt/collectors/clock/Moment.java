package io.tokenwatt.collectors.clock;

/**
 * One instant on both clocks.
 *
 * @param steadyMs since the machine's boot; never steps, so only differences of it are durations
 * @param wallMs Unix ms, as far as the machine knows
 */
public record Moment(long steadyMs, long wallMs) {
  /** By how much the wall clock is ahead of the steady one; constant while nobody corrects it. */
  long offsetMs() {
    return wallMs - steadyMs;
  }

  /** Milliseconds from then to this one; negative where this one came first. */
  public long since(Moment then) {
    return steadyMs - then.steadyMs;
  }
}
