package io.tokenwatt.collectors.agent;

/**
 * When ticks are due on a monotonic clock: at {@code first + n × period}, whatever happened
 * between. Pure.
 *
 * @param firstNanos of System.nanoTime's scale; only differences mean something
 */
record Schedule(long firstNanos, long periodNanos) {

  /**
   * Starts at the phase within the period of the wall clock, so that an agent ticks at the same
   * place of each second after every restart, and agents with different phases share the load.
   *
   * @param phaseNanos from 0 up to the period, exclusive
   */
  static Schedule start(long nowNanos, long wallNanos, long phaseNanos, long periodNanos) {
    long wait = Math.floorMod(phaseNanos - wallNanos, periodNanos);
    return new Schedule(nowNanos + wait, periodNanos);
  }

  long due(long tick) {
    return firstNanos + tick * periodNanos;
  }

  /**
   * The tick to run after {@code done} was run: the next one, or the first that is not already over
   * where running took longer than a period. A tick that is late by less than a period still runs.
   */
  long next(long done, long nowNanos) {
    return Math.max(done + 1, Math.floorDiv(nowNanos - firstNanos, periodNanos));
  }
}
