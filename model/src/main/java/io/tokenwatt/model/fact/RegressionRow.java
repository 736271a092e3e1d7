package io.tokenwatt.model.fact;

import java.util.List;

/**
 * One entry of {@code regressions}: all that is known of one regression; of two entries with one id
 * the higher version is the truth. Times are Unix ms of whole seconds; texts are never null.
 *
 * @param regression id, the same in every message about it
 * @param openedMs when it was detected; the same in all entries of an id
 * @param closedMs end of the last window that it holds for; null = still open
 * @param startedMs start of the first bad window
 * @param judgedToMs end of the last window that this entry rests on
 * @param closeReason recovered, accepted, gone …; "" = still open
 * @param note why a person accepted it; "" = nobody did
 * @param series where it is
 * @param deployment key of what runs there; several joined by ","
 * @param cluster several joined by ","
 * @param measure what got worse
 * @param expected unit of the measure: what the load let expect
 * @param observed unit of the measure
 * @param size observed ÷ expected − 1, with its 95 % interval
 * @param sigma distance in standard deviations
 * @param details other measures that are worse, each "measure: +20.0 %", the clearest first
 * @param extra what it costs
 * @param cause "kind scope" under which findings merge; "unknown" where evidence is weak
 * @param suspects each "kind: evidence", the likeliest first
 * @param nodes those that show it most
 * @param gpus boards that show it most
 * @param quality OR of the quality flags of the windows it rests on
 */
public record RegressionRow(
    String regression,
    long openedMs,
    Long closedMs,
    long startedMs,
    long judgedToMs,
    String closeReason,
    String note,
    Place series,
    String deployment,
    String cluster,
    String measure,
    double expected,
    double observed,
    Size size,
    double sigma,
    List<String> details,
    Extra extra,
    String cause,
    List<String> suspects,
    List<String> nodes,
    List<String> gpus,
    int quality,
    long version) {

  /** The series: what is comparable with its own past. */
  public record Place(
      String region,
      String hardware,
      String model,
      String precision,
      String role,
      String workload) {}

  /** Shares: 0.25 = a quarter worse. */
  public record Size(double mean, double low, double high) {}

  /**
   * Per day at the present load; null = unknown.
   *
   * @param usdPerDayLow lower end of the 95 % interval of usdPerDay
   */
  public record Extra(
      Double usdPerDay, Double usdPerDayLow, Double kwhPerDay, Double gpuHoursPerDay) {}
}
