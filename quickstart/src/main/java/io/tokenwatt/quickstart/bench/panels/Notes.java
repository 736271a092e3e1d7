package io.tokenwatt.quickstart.bench.panels;

import java.util.ArrayList;
import java.util.List;

/** What a reader of the figures must know. */
final class Notes {
  private Notes() {}

  static List<String> of(boolean quick) {
    List<String> notes =
        new ArrayList<>(
            List.of(
                "ours: the engine's own elapsed time (planning included, network not); warm caches",
                "store: embedded ClickHouse; 100,000 boards in 3,660 cells, made by SQL: 7 days of _1h in"
                    + " all regions, the newest hour written six times and not merged",
                "the last 25 h of _1m: one region, the others for 2 h (efficiency) or not at all"
                    + " (latency, requests), for one key reads no granule of them; boards: 25 nodes",
                "one key: "
                    + PanelScope.REGION
                    + ", "
                    + PanelScope.HARDWARE
                    + ", "
                    + PanelScope.MODEL));
    if (quick) {
      notes.add(
          "QUICK: one region, a day by the hour and two hours by the minute: no figures to quote");
    }
    return notes;
  }
}
