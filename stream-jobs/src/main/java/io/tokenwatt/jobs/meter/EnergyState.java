package io.tokenwatt.jobs.meter;

/**
 * What is remembered of one physical energy source: a board, or a whole machine. Public fields: a
 * Flink POJO.
 *
 * <p>{@link #settledMs} is the frontier: all energy up to it has been handed out, none after it.
 */
public final class EnergyState {
  /** A first reading was seen. */
  public boolean known;

  /** The source is a cumulative counter; otherwise power is integrated. */
  public boolean counter;

  public long counterMj;
  public long settledMs;

  /** Readings since {@link #settledMs} that did not move. */
  public int unchangedReads;

  /** The counter has moved twice since its baseline, so the phase of its refreshes is known. */
  public boolean phaseKnown;

  /** The first move after a baseline, kept back until the second one tells the source's period. */
  public boolean holding;

  public long heldMj;
  public long heldToMs;

  public long powerMw;
  public long powerReadMs;

  /** Integrated microjoule not yet handed out (less than one millijoule). */
  public long remainderUj;
}
