package io.tokenwatt.quickstart.fleet.physics;

import java.util.Arrays;
import java.util.List;

/**
 * One physical board. Energy is exact: power is constant between two changes and a whole number of
 * milliwatts, so milliwatt x microsecond adds up in whole nanojoules. Not thread-safe.
 */
public final class Board {
  private static final String DRIVER = "580.105.08";

  private final int index;
  private final String uuid;
  private final String pciBusId;
  private final Hardware hardware;
  private final List<Slice> slices;

  /** No two chips are equal: factor on the power of this one. */
  private final double silicon;

  private final Activity[] activities;
  private final SliceIntegrals[] integrals;
  private final Condition condition;
  private final Cooling cooling;

  /** What a neighbour does to the board's first slice. */
  private Activity guest = Activity.NONE;

  private double guestShare;
  private long lastUs;
  private long powerMw;
  private long energyNj;
  private long cappedUs;
  private long heatedUs;
  private long reasons;

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
    this.condition = new Condition(hardware.boardWatts(), DRIVER);
    this.lastUs = startUs;
    this.energyNj = startNj;
    this.powerMw = powerNow();
    this.cooling = new Cooling(hardware.boardWatts(), powerMw / 1e3);
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
    return condition.limitWatts;
  }

  /** What is set and what is broken; changes take effect on the engines' next steps. */
  Condition condition() {
    return condition;
  }

  /** Of a step that begins now. */
  Terms terms() {
    return condition.terms(cooling.celsius(), guestShare);
  }

  double celsius() {
    return cooling.celsius();
  }

  /** From {@code atUs} on, a neighbour takes this share of the first slice. */
  void guest(double share, long atUs) {
    integrateTo(atUs);
    guestShare = share;
    double watts = 0.55 * share * (hardware.boardWatts() - hardware.loadedIdleWatts());
    guest =
        share == 0
            ? Activity.NONE
            : new Activity(true, share, 0.9 * share, 0.2 * share, 0.6 * share, watts, 1, 0);
    powerMw = powerNow();
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
    long now = 0;
    for (int i = 0; i < activities.length; i++) {
      integrals[i].add(activities[i], us);
      now |= activities[i].reasons();
    }
    if (guestShare > 0) {
      integrals[0].add(guest, us);
    }
    cappedUs += (now & Reason.POWER_CAP) != 0 ? us : 0;
    heatedUs += (now & Reason.SW_THERMAL) != 0 ? us : 0;
    reasons |= us > 0 ? now : 0;
    cooling.pass(powerMw / 1e3, condition.heat, us);
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

  /** Time slowed by the power limit. */
  long cappedUs() {
    return cappedUs;
  }

  /** Time slowed by temperature. */
  long heatedUs() {
    return heatedUs;
  }

  /** Reasons that acted since the last call, and those of now. */
  long takeReasons() {
    long taken = reasons | condition.reasons(cooling.celsius());
    reasons = 0;
    return taken;
  }

  SliceIntegrals integrals(int slice) {
    return integrals[slice];
  }

  boolean loaded() {
    return Arrays.stream(activities).anyMatch(Activity::loaded);
  }

  double clock() {
    double allowed = condition.clock(cooling.celsius());
    return Math.min(
        allowed, Arrays.stream(activities).mapToDouble(Activity::clock).min().orElse(1));
  }

  private long powerNow() {
    double watts = loaded() ? hardware.loadedIdleWatts() : hardware.bareIdleWatts();
    for (Activity activity : activities) {
      watts += activity.dynamicWatts();
    }
    watts += guest.dynamicWatts();
    return Math.round(Math.min(watts * silicon, condition.limitWatts) * 1000);
  }
}
