package io.tokenwatt.storage.slo;

import java.time.Instant;

/**
 * One line of an SLO file: from {@code effectiveFrom} on, of the ended requests of a model and
 * service class, the share {@code objective} ends well with {@code measure} at most {@code
 * targetS}.
 *
 * @param slo name; a later entry of the same name replaces it from its time on
 * @param model canonical name as in the facts; "" = every
 * @param serviceClass as in the request events; "" = every
 * @param vantage gateway or client
 * @param measure ttft, e2e or tpot
 * @param targetS seconds; 0 = given up
 * @param objective over 0 and at most 1
 * @param periodDays over which the objective is judged, 1 to 366
 * @param effectiveFrom a whole hour, UTC
 */
public record SloEntry(
    String slo,
    String model,
    String serviceClass,
    String vantage,
    String measure,
    double targetS,
    double objective,
    int periodDays,
    String owner,
    Instant effectiveFrom,
    String note) {

  public SloEntry {
    if (slo.isEmpty()) {
      throw new IllegalArgumentException("slo: a name is required");
    }
    if (!vantage.equals("gateway") && !vantage.equals("client")) {
      throw new IllegalArgumentException("vantage is gateway or client, not " + vantage);
    }
    if (!measure.equals("ttft") && !measure.equals("e2e") && !measure.equals("tpot")) {
      throw new IllegalArgumentException("measure is ttft, e2e or tpot, not " + measure);
    }
    if (!(targetS >= 0 && targetS <= 86_400)) {
      throw new IllegalArgumentException("target_s is 0 to 86400 seconds, not " + targetS);
    }
    if (targetS > 0 && targetS < 0.001) {
      throw new IllegalArgumentException("target_s below 0.001 cannot be told apart: " + targetS);
    }
    if (!(objective > 0 && objective <= 1)) {
      throw new IllegalArgumentException("objective is over 0 and at most 1, such as 0.99");
    }
    if (periodDays < 1 || periodDays > 366) {
      throw new IllegalArgumentException("period_days is 1 to 366, not " + periodDays);
    }
    if (Math.floorMod(effectiveFrom.getEpochSecond(), 3600L) != 0
        || effectiveFrom.getNano() != 0
        || effectiveFrom.isBefore(Instant.EPOCH)) {
      throw new IllegalArgumentException(
          "effective_from is a whole UTC hour such as 2026-01-01T00:00:00Z, not " + effectiveFrom);
    }
  }
}
