package io.tokenwatt.jobs.meter;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Turns readings of one energy source into settled intervals. The counter is the truth; power is
 * integrated (trapezoid) only where there never was a counter, or it has been gone for longer than
 * the maximal gap.
 *
 * <p>A counter that did not move while power is drawn is no new reading (dcgm-exporter refreshes
 * every 30 s by default): the interval stays open and is settled as a whole. The interval between a
 * baseline and the first move is shorter than the source's period by an unknown amount, unless the
 * source refreshes with every scrape; so the first move is kept back until the second, and bridged
 * where the source turns out to be slow. (Otherwise 30 s of energy could be laid on 1 s.)
 */
public final class EnergyMeter {
  /** More than any board draws. */
  public static final long BOARD_WATTS = 5_000;

  /** More than any machine draws; a rack of 72 boards as one machine: 140 kW. */
  public static final long MACHINE_WATTS = 200_000;

  private final EnergyState state;
  private final long maxWatts;

  /**
   * @param maxWatts a growth beyond this power is no energy
   */
  public EnergyMeter(EnergyState state, long maxWatts) {
    this.state = state;
    this.maxWatts = maxWatts;
  }

  /**
   * Takes the source's readings at {@code atMs} (after all earlier ones).
   *
   * @param countFromMs a counter first seen counts from zero since then (the machine booted after
   *     its last sample)
   * @return what they settle, in time order; often empty or one interval
   */
  public List<EnergyInterval> read(
      OptionalLong counterMj, OptionalLong powerMw, long atMs, OptionalLong countFromMs) {
    List<EnergyInterval> settled = new ArrayList<>(2);
    if (counterMj.isPresent()) {
      readCounter(counterMj.getAsLong(), powerMw, atMs, countFromMs, settled);
    } else if (powerMw.isPresent()) {
      readPower(powerMw.getAsLong(), atMs, settled);
    }
    if (powerMw.isPresent()) {
      state.powerMw = powerMw.getAsLong();
      state.powerReadMs = atMs;
    }
    return settled;
  }

  /** The source is gone: what was kept back is handed out as bridged. */
  public List<EnergyInterval> giveUp() {
    List<EnergyInterval> settled = new ArrayList<>(1);
    releaseHeld(true, settled);
    return settled;
  }

  private void readCounter(
      long mj,
      OptionalLong powerMw,
      long atMs,
      OptionalLong countFromMs,
      List<EnergyInterval> settled) {
    if (!state.known || !state.counter) {
      baseline(mj, atMs, countFromMs, settled);
      return;
    }
    boolean drawsNothing = powerMw.isPresent() && powerMw.getAsLong() == 0;
    if (mj == state.counterMj && !drawsNothing) {
      state.unchangedReads++;
      return;
    }
    boolean reset = mj < state.counterMj;
    long delta = reset ? mj : mj - state.counterMj;
    // W = mJ per ms. Spooled samples of a node whose clock is not believed lie closer than they
    // were taken.
    if (delta > maxWatts * (atMs - state.settledMs + TimeModel.LATENESS_MS)) {
      // Not a counter that restarted from 0, nor one that went on: another source, or a broken one.
      releaseHeld(true, settled);
      settled.add(new EnergyInterval(state.settledMs, atMs, 0, true, false, true, 0));
      rebase(mj, atMs);
      return;
    }
    state.counterMj = mj;
    move(delta, reset, atMs, settled);
    state.unchangedReads = 0;
  }

  private void move(long delta, boolean reset, long atMs, List<EnergyInterval> settled) {
    boolean everyScrape = state.unchangedReads == 0;
    if (!state.phaseKnown && !state.holding && everyScrape && !reset) {
      state.holding = true;
      state.heldMj = delta;
      state.heldToMs = atMs;
      return;
    }
    boolean phaseUnknown = !state.phaseKnown && !state.holding;
    releaseHeld(!everyScrape, settled);
    boolean gap = atMs - state.settledMs > TimeModel.MAX_GAP_MS;
    long period = everyScrape ? 0 : atMs - state.settledMs;
    boolean bridged = gap || (phaseUnknown && !reset);
    settled.add(
        new EnergyInterval(state.settledMs, atMs, delta, bridged, false, reset, gap ? 0 : period));
    state.settledMs = atMs;
    state.phaseKnown = true;
  }

  private void releaseHeld(boolean bridged, List<EnergyInterval> settled) {
    if (state.holding) {
      boolean gap = state.heldToMs - state.settledMs > TimeModel.MAX_GAP_MS;
      settled.add(
          new EnergyInterval(
              state.settledMs, state.heldToMs, state.heldMj, bridged || gap, false, false, 0));
      state.settledMs = state.heldToMs;
      state.holding = false;
      state.phaseKnown = true;
    }
  }

  private void baseline(
      long mj, long atMs, OptionalLong countFromMs, List<EnergyInterval> settled) {
    boolean wasIntegrating = state.known;
    if (countFromMs.isPresent() && !wasIntegrating) {
      settled.add(
          new EnergyInterval(
              countFromMs.getAsLong(),
              atMs,
              mj,
              atMs - countFromMs.getAsLong() > TimeModel.MAX_GAP_MS,
              false,
              false,
              0));
    }
    rebase(mj, atMs);
  }

  private void rebase(long mj, long atMs) {
    state.known = true;
    state.counter = true;
    state.counterMj = mj;
    state.settledMs = atMs;
    state.unchangedReads = 0;
    state.phaseKnown = false;
    state.holding = false;
    state.remainderUj = 0;
  }

  private void readPower(long mw, long atMs, List<EnergyInterval> settled) {
    if (state.known && state.counter) {
      if (atMs - state.settledMs <= TimeModel.MAX_GAP_MS) {
        return; // the counter will tell when it is back
      }
      releaseHeld(true, settled);
      state.counter = false;
      state.settledMs = atMs;
      return;
    }
    if (state.known && atMs - state.powerReadMs <= TimeModel.MAX_GAP_MS) {
      long microjoule = (state.powerMw + mw) * (atMs - state.powerReadMs);
      long uj = microjoule / 2 + state.remainderUj;
      state.remainderUj = uj % 1000;
      settled.add(new EnergyInterval(state.powerReadMs, atMs, uj / 1000, false, true, false, 0));
    }
    state.known = true;
    state.settledMs = atMs;
  }
}
