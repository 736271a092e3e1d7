package io.tokenwatt.quickstart.fleet.physics;

import java.util.Arrays;
import java.util.List;

/**
 * One physical board. Energy is exact: power is constant between two changes and a whole number of
 * milliwatts, so milliwatt x microsecond adds up in whole nanojoules. Not thread-safe.
 */
public final class Board {
  private final int index;
  private final String uuid;
  private final String pciBusId;
  private final Hardware hardware;
  private final List<Slice> slices;

  /** No two chips are equal: factor on the power of this one. */
  private final double silicon;

  private final Activity[] activities;
  private final SliceIntegrals[] integrals;
  private double limitWatts;
  private long lastUs;
  private long powerMw;
  private long energyNj;
  private long throttledUs;

  Board(
      int index,
      String uuid,
      Hardware hardware,
      List<Slice> slices,
      double silicon,
      long startUs,
      long startNj) {
    this.index = index;
    this.uuid = uuid;
    this.pciBusId = String.format("00000000:%02X:00.0", 0x1b + 0x11 * index);
    this.hardware = hardware;
    this.slices = List.copyOf(slices);
    this.silicon = silicon;
    this.activities = new Activity[slices.size()];
    this.integrals = new SliceIntegrals[slices.size()];
    Arrays.fill(activities, Activity.NONE);
    Arrays.setAll(integrals, i -> new SliceIntegrals());
    this.limitWatts = hardware.boardWatts();
    this.lastUs = startUs;
    this.energyNj = startNj;
    this.powerMw = powerNow();
  }

  public int index() {
    return index;
  }

  public String uuid() {
    return uuid;
  }

  public String pciBusId() {
    return pciBusId;
  }

  public Hardware hardware() {
    return hardware;
  }

  /** One element, {@link Slice#WHOLE}, or the MIG instances. */
  public List<Slice> slices() {
    return slices;
  }

  Activity activity(int slice) {
    return activities[slice];
  }

  double limitWatts() {
    return limitWatts;
  }

  /** Takes effect on the engines' next steps. */
  void limitWatts(double watts) {
    limitWatts = watts;
  }

  /** From {@code atUs} on, the slice does this. */
  void change(int slice, long atUs, Activity activity) {
    integrateTo(atUs);
    activities[slice] = activity;
    powerMw = powerNow();
  }

  /** Brings the integrals up to {@code atUs}, at or after the last change. */
  void integrateTo(long atUs) {
    long us = atUs - lastUs;
    energyNj += powerMw * us;
    boolean throttled = false;
    for (int i = 0; i < activities.length; i++) {
      integrals[i].add(activities[i], us);
      throttled |= activities[i].throttled();
    }
    throttledUs += throttled ? us : 0;
    lastUs = atUs;
  }

  /** Power since the last change, whole milliwatts. */
  long powerMw() {
    return powerMw;
  }

  /** Energy up to the last integration, nanojoules. */
  long energyNj() {
    return energyNj;
  }

  long throttledUs() {
    return throttledUs;
  }

  SliceIntegrals integrals(int slice) {
    return integrals[slice];
  }

  boolean loaded() {
    return Arrays.stream(activities).anyMatch(Activity::loaded);
  }

  double clock() {
    return Arrays.stream(activities).mapToDouble(Activity::clock).min().orElse(1);
  }

  private long powerNow() {
    double watts = loaded() ? hardware.loadedIdleWatts() : hardware.bareIdleWatts();
    for (Activity activity : activities) {
      watts += activity.dynamicWatts();
    }
    return Math.round(Math.min(watts * silicon, limitWatts) * 1000);
  }
}
