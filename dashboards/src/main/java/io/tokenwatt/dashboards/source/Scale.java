package io.tokenwatt.dashboards.source;

import java.util.Optional;

/**
 * How numbers of a panel or a column are shown.
 *
 * @param decimals empty = as many as Grafana thinks fit
 * @param min where an axis or a bar begins
 * @param max where it ends
 */
public record Scale(
    Unit unit,
    Optional<Integer> decimals,
    Optional<Double> min,
    Optional<Double> max,
    Thresholds thresholds) {

  /** From zero on: an axis that begins elsewhere makes small changes look large. */
  public static Scale of(Unit unit) {
    return new Scale(
        unit, Optional.empty(), Optional.of(0.0), Optional.empty(), Thresholds.NEUTRAL);
  }

  public static Scale of(Unit unit, int decimals) {
    return new Scale(
        unit, Optional.of(decimals), Optional.of(0.0), Optional.empty(), Thresholds.NEUTRAL);
  }

  /** 0 % to 100 %. */
  public static Scale share() {
    return new Scale(
        Unit.SHARE, Optional.of(1), Optional.of(0.0), Optional.of(1.0), Thresholds.NEUTRAL);
  }

  /** For changes and times, which may lie on either side of zero. */
  public Scale free() {
    return new Scale(unit, decimals, Optional.empty(), Optional.empty(), thresholds);
  }

  public Scale judged(Thresholds by) {
    return new Scale(unit, decimals, min, max, by);
  }
}
