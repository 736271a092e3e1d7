package io.tokenwatt.quickstart.bench.trial;

import io.tokenwatt.quickstart.bench.workload.Fault.Growth;
import io.tokenwatt.quickstart.bench.workload.Life.Event;
import java.util.Locale;

/** What is done to a series, and what should come of it. */
public enum Scenario {
  STEP_20("a step of 20 %", 0.2, 0.2, Growth.STEP, 24, 2, null),
  STEP_10("a step of 10 %", 0.1, 0.1, Growth.STEP, 24, 2, null),
  STEP_5("a step of 5 %", 0.05, 0.05, Growth.STEP, 24, 2, null),
  STEP_ANY("a step of 3 to 50 %, for the size's error", 0.03, 0.5, Growth.STEP, 24, 2, null),
  EARLY_STEP_20("a step of 20 % in the second hour of a series", 0.2, 0.2, Growth.STEP, 1, 2, null),
  DEPLOY_20("a deployment that costs 20 %", 0.2, 0.2, Growth.STEP, 24, 2, Event.SILENT_DEPLOY),
  BAD_NODE("one engine in 4 to 8 that takes twice the energy", 1, 1, Growth.STEP, 24, 2, null),
  RECOVERED("a step of 20 % that ends after half an hour", 0.2, 0.2, Growth.STEP, 24, 3, null),
  DRIFT_1_PER_DAY("1 % more each day", 0.01, 0.01, Growth.PER_DAY, 72, 24 * 8, null),
  NIGHT("two days of 10x swing, nothing else", 0, 0, Growth.STEP, 24, 24, null),
  SILENT_DEPLOY("a deployment without effect", 0, 0, Growth.STEP, 24, 12, Event.SILENT_DEPLOY),
  NODES_CHANGE("nodes added or removed", 0, 0, Growth.STEP, 24, 12, Event.NODES_CHANGE),
  TRAFFIC_MOVED("traffic times 0.2 to 1.8 at once", 0, 0, Growth.STEP, 24, 12, Event.TRAFFIC_MOVES),
  MIX_SHIFT("10 to 60 % of another trace's lengths", 0, 0, Growth.STEP, 24, 12, Event.MIX_SHIFTS),
  NEW_MODEL("a series that begins", 0, 0, Growth.STEP, 0, 12, null),
  TELEMETRY_GAP("half an hour unseen, on average", 0, 0, Growth.STEP, 24, 12, Event.TELEMETRY_GAP);

  private final String meaning;
  private final double smallest;
  private final double largest;
  private final Growth growth;
  private final int hoursBefore;
  private final int hoursAfter;
  private final Event event;

  Scenario(
      String meaning,
      double smallest,
      double largest,
      Growth growth,
      int hoursBefore,
      int hoursAfter,
      Event event) {
    this.meaning = meaning;
    this.smallest = smallest;
    this.largest = largest;
    this.growth = growth;
    this.hoursBefore = hoursBefore;
    this.hoursAfter = hoursAfter;
    this.event = event;
  }

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  public String meaning() {
    return meaning;
  }

  /** Whether silence is the right answer. */
  public boolean benign() {
    return largest == 0;
  }

  /** Whether a delay of seconds is measured, which a telemetry gap or a rollout would only blur. */
  boolean calm() {
    return !benign() && this != DRIFT_1_PER_DAY;
  }

  double smallest() {
    return smallest;
  }

  double largest() {
    return largest;
  }

  Growth growth() {
    return growth;
  }

  int hoursBefore() {
    return hoursBefore;
  }

  int hoursAfter() {
    return hoursAfter;
  }

  /** What happens at the instant of the change; null = nothing but the fault. */
  Event event() {
    return event;
  }
}
