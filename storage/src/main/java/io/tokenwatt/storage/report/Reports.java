package io.tokenwatt.storage.report;

import java.util.List;

/** All reports, in the order in which they are listed. */
public final class Reports {
  public static final List<Report> ALL =
      List.of(
          CostAudit.REPORT,
          Hardware.REPORT,
          Regions.REPORT,
          Benchmark.REPORT,
          Idle.REPORT,
          PowerHeadroom.REPORT,
          Chargeback.REPORT,
          PriceList.REPORT,
          Events.REPORT,
          Regressions.REPORT);

  private Reports() {}
}
