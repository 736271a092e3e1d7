package io.tokenwatt.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.dashboards.catalogue.Dashboards;
import io.tokenwatt.dashboards.check.Finding;
import io.tokenwatt.dashboards.check.HttpEngine;
import io.tokenwatt.dashboards.check.StoreCheck;
import io.tokenwatt.storage.StoreConfig;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Grafana's panels over what the product itself wrote, asked as Grafana's user. */
interface PanelTruth extends RunOfQuickstart {
  /** What a bit over a minute of a fleet without faults on purpose does not have, and why. */
  Map<String, String> EMPTY_HERE =
      Map.of(
          "annotation Regressions", "none begins in a minute",
          "annotation Deployments and changes", "what ran at first sight is no change",
          "against the time before", "nothing was before",
          "Rejects by reason", "everything was counted",
          "tokenwatt-regressions panel", "nothing got worse; module dashboards has a regression",
          "What the regression detector did", "it may not have judged a window yet");

  @Test
  default void everyPanelCanBeDrawnAndShowsSomething() {
    for (String table : List.of("efficiency_1m", "latency_1m", "gpu_1m", "engine_1m")) {
      run().store().command("SYSTEM REFRESH VIEW tokenwatt." + table + "_refresh");
      run().store().command("SYSTEM WAIT VIEW tokenwatt." + table + "_refresh");
    }
    StoreConfig store = run().store().config();
    Instant now = run().silent();
    StoreCheck check =
        new StoreCheck(
            new HttpEngine(store.url(), store.database(), "grafana", ""),
            now.minusSeconds(1_800),
            now,
            Map.of());
    List<Finding> findings =
        Dashboards.all().stream().flatMap(dashboard -> check.of(dashboard).stream()).toList();
    String noDollars = whyNoDollars();
    assertThat(noDollars).isIn("", "token_coverage", "board_coverage");
    List<String> empty = new ArrayList<>();
    for (Finding finding : findings) {
      String where = finding.question().where();
      assertThat(finding.problems()).as(where).isEmpty();
      boolean ofDollars = finding.question().sql().contains("usd_per_mtok_output");
      if (finding.isEmpty()
          && EMPTY_HERE.keySet().stream().noneMatch(where::contains)
          && (noDollars.isEmpty() || !ofDollars)) {
        empty.add(where);
      }
    }
    assertThat(empty).as("empty, dollars unknown for '%s'", noDollars).isEmpty();
    System.out.printf(
        "panel queries: %d, engine time %.0f ms in all, %.0f ms at most%n",
        findings.size(),
        findings.stream().mapToDouble(Finding::engineMs).sum(),
        findings.stream().mapToDouble(Finding::engineMs).max().orElseThrow());
  }

  /**
   * Why the whole fleet's dollars per token are not known: a machine too busy to scrape each second
   * leaves gaps, and a price of half the tokens is no price. Held to what the tables say of it.
   */
  private String whyNoDollars() {
    String why =
        run()
            .store()
            .rows(
                """
                SELECT usd_null_reason FROM tokenwatt.cost_stepped(interval_s = 0, since = toDateTime(%1$d) - 1800, until = toDateTime(%1$d),
                    by = [], regions = ['*'], clusters = ['*'], hardwares = ['*'], models = ['*'])"""
                    .formatted(run().silent().getEpochSecond()))
            .get(0)
            .getString(1);
    double ofTokens =
        coverage(
            "SELECT sum(tokens_observed_ms) / sum(tokens_expected_ms) FROM tokenwatt.efficiency_10s FINAL");
    double ofBoards =
        coverage(
            "SELECT sum(gpu_ms) / sum(expected_ms) FROM tokenwatt.efficiency_10s FINAL WHERE tokens_expected_ms > 0");
    System.out.printf(
        "fleet's dollars: '%s', coverage of tokens %.3f, of boards %.3f%n",
        why, ofTokens, ofBoards);
    return why;
  }

  private double coverage(String sql) {
    return run().store().rows(sql).get(0).getDouble(1);
  }
}
