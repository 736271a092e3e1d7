package io.tokenwatt.alerts;

import io.tokenwatt.alerts.incident.Incident;
import io.tokenwatt.alerts.incident.Judge;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Incidents as evaluations make them. */
public final class Incidents {
  private static final Duration TEN = Duration.ofSeconds(10);

  private Incidents() {}

  public static Incident firing(
      String rule, String region, double value, Instant at, String... receivers) {
    return first(rule(rule, Duration.ZERO), region, value, at, receivers);
  }

  public static Incident pending(
      String rule, String region, double value, Instant at, String... receivers) {
    return first(rule(rule, Duration.ofMinutes(5)), region, value, at, receivers);
  }

  public static Rule rule(String name, Duration pending) {
    return new Rule(
        name,
        "Something costs more than it should.",
        Severity.PAGE,
        "SELECT 1",
        Map.of(),
        new Threshold(Threshold.Side.ABOVE, 0),
        "USD/day",
        new Timing(TEN, TEN, pending, Duration.ZERO, TEN),
        List.of("region"),
        List.of("suspects"),
        new Runbook("SELECT 1 < 2", "Sit down.", "Nobody & all."));
  }

  private static Incident first(
      Rule rule, String region, double value, Instant at, String... receivers) {
    Sample row =
        new Sample(rule, Map.of("region", region), Map.of("suspects", "power_cap: 400 W"), value);
    return Judge.judge(rule, List.of(row), List.of(), List.of(receivers), at).get(0);
  }
}
