package io.tokenwatt.quickstart.bench.reference;

/**
 * {@code j > factor x avg_over_time(j[baseline] offset offset)} for some time, where j is joules
 * over tokens of the last {@code smoothing}. All in windows of 10 s.
 *
 * @param notifySeconds from the evaluation that fires to the message, on average: half an
 *     evaluation interval and Alertmanager's group_wait
 */
public record RuleVariant(
    String name,
    String expression,
    int smoothing,
    int baseline,
    int offset,
    int pending,
    double factor,
    double notifySeconds) {

  /** The peer's rule: 30 s means against the trailing hour for ten minutes (PEERS.md, [C]). */
  public static final RuleVariant TRAILING_HOUR =
      new RuleVariant(
          "trailing_hour_peer",
          "j30s > 1.2 * avg_over_time(j30s[1h]) for 10m",
          3,
          360,
          0,
          60,
          1.2,
          0);

  /** What an SRE writes who knows that rule's flaw: one minute's rate, the baseline set back. */
  public static final RuleVariant USUAL =
      new RuleVariant(
          "prometheus_usual",
          "j1m > 1.1 * avg_over_time(j1m[1h] offset 5m) for 1m, scrape and evaluation 15s, group_wait 30s",
          6,
          360,
          30,
          6,
          1.1,
          37.5);

  /** The same against the same hour yesterday, so that the day's swing is in the baseline. */
  public static final RuleVariant YESTERDAY =
      new RuleVariant(
          "prometheus_yesterday",
          "j1m > 1.1 * avg_over_time(j1m[1h] offset 23h30m) for 1m, scrape and evaluation 15s, group_wait 30s",
          6,
          360,
          8_460,
          6,
          1.1,
          37.5);

  public RuleVariant with(String newName, double newFactor) {
    return new RuleVariant(
        newName,
        expression.replaceFirst("> [0-9.]+ \\*", "> %.2f *".formatted(newFactor)),
        smoothing,
        baseline,
        offset,
        pending,
        newFactor,
        notifySeconds);
  }
}
