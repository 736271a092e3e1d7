package io.tokenwatt.dashboards.catalogue;

/** Calls of view slo_stepped, which groups by itself. */
final class SloAsk {
  private SloAsk() {}

  /** By steps of Grafana's interval; sums of good and total over any rows are right. */
  static String stepped() {
    return """
        slo_stepped(interval_s = $__interval_s, since = $__fromTime, until = $__toTime,
            %s)"""
        .formatted(Ask.CHOSEN);
  }
}
