package io.tokenwatt.alerts;

import static io.tokenwatt.model.CellMeasure.EXPECTED_MS;
import static io.tokenwatt.model.CellMeasure.GPU_LOADED_IDLE_MJ;
import static io.tokenwatt.model.CellMeasure.GPU_MJ;
import static io.tokenwatt.model.CellMeasure.GPU_MS;
import static io.tokenwatt.model.CellMeasure.GPU_UNALLOCATED_MJ;
import static io.tokenwatt.model.CellMeasure.OBSERVED_MS;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Rows in, findings out.
 *
 * @param findings values and labels as {@link RulesOnTheEngineTest} writes them; none = silent
 */
record RuleScenario(String rule, String given, Consumer<Facts> rows, List<String> findings) {

  static Stream<RuleScenario> all() {
    return Stream.of(intake(), boards(), cells()).flatMap(List::stream);
  }

  private static List<RuleScenario> intake() {
    return List.of(
        fires("pipeline-silent", "an empty store", f -> {}, "86400 []"),
        fires(
            "pipeline-silent",
            "only rejects for three minutes",
            f -> f.intake("a", "counted", 10, 180, 1).intake("a", "rejected", 10, 0, 1),
            "180 []"),
        silent("pipeline-silent", "a fresh record", f -> f.intake("a", "counted", 1, 20, 1)),
        fires(
            "telemetry-stale",
            "one of two nodes stopped five minutes ago",
            f -> f.intake("a", "counted", 10, 300, 1).intake("b", "counted", 10, 0, 1),
            "0 [eu, c1, a, " + Facts.startText(300) + "]"),
        silent(
            "telemetry-stale",
            "a node away for two hours is gone",
            f -> f.intake("a", "counted", 10, 7200, 1).intake("b", "counted", 10, 110, 1)),
        fires(
            "records-rejected",
            "late ones, counted once however often they are written",
            f ->
                f.intake("a", "late", 2, 60, 1)
                    .intake("a", "late", 3, 60, 2)
                    .intake("a", "two_agents", 1, 590, 1),
            "1 [eu, c1, a, two_agents]",
            "3 [eu, c1, a, late]"),
        fires(
            "labels-folded",
            "a node with a workload for every run",
            f -> f.reject("a", "label_limit", "run-7", 60).reject("b", "late", "x", 60),
            "1 [a, run-7]"),
        silent("labels-folded", "an hour ago", f -> f.reject("a", "label_limit", "x", 3600)),
        silent(
            "records-rejected",
            "duplicates, and a late one of long ago",
            f -> f.intake("a", "duplicate", 9, 60, 1).intake("a", "late", 1, 600, 1)));
  }

  private static List<RuleScenario> boards() {
    return List.of(
        fires(
            "source-period",
            "one of two boards at 30 s",
            f ->
                f.board("GPU-1", 30_000, 0)
                    .board("GPU-1", 30_000, 10)
                    .board("GPU-2", 1_000, 0)
                    .board("GPU-2", 1_000, 10),
            "30 [eu, c1, H100]"),
        silent(
            "source-period",
            "one slow scrape among quick ones",
            f -> f.board("GPU-1", 30_000, 0).board("GPU-1", 1_000, 10).board("GPU-1", 1_000, 20)));
  }

  private static List<RuleScenario> cells() {
    return List.of(
        fires(
            "coverage-low",
            "0.95 for one window and 0.75 for the next",
            f -> {
              f.cell(0, Map.of(EXPECTED_MS, 10_000L, OBSERVED_MS, 9_500L));
              f.cell(10, Map.of(EXPECTED_MS, 10_000L, OBSERVED_MS, 7_500L));
            },
            "0.85 [eu, H100]"),
        silent(
            "coverage-low",
            "0.9 exactly, and nothing expected is not known",
            f -> {
              f.cell(0, Map.of(EXPECTED_MS, 10_000L, OBSERVED_MS, 9_000L));
              f.cell(600, Map.of(EXPECTED_MS, 10_000L));
            }),
        silent("coverage-low", "nothing expected", f -> f.cell(0, Map.of())),
        fires(
            "price-missing",
            "eight boards for 90 s without a price",
            f -> {
              for (int i = 0; i < 9; i++) {
                f.cell(i * 10L, Map.of(GPU_MS, 80_000L));
              }
            },
            "0.2 [acme, eu, H100, spot]"),
        silent("price-missing", "a price", f -> f.price().cell(0, Map.of(GPU_MS, 80_000L))),
        fires(
            "idle-waste",
            "a tenth loaded and idle, three tenths unallocated",
            f ->
                f.cell(
                    3500,
                    Map.of(GPU_MJ, 1000L, GPU_LOADED_IDLE_MJ, 100L, GPU_UNALLOCATED_MJ, 300L)),
            "0.4 [eu, H100]"),
        silent(
            "idle-waste",
            "a fifth",
            f -> f.cell(0, Map.of(GPU_MJ, 1000L, GPU_LOADED_IDLE_MJ, 200L))),
        silent("idle-waste", "no energy observed", f -> f.cell(0, Map.of(GPU_MS, 10_000L))));
  }

  private static RuleScenario fires(
      String rule, String given, Consumer<Facts> rows, String... findings) {
    return new RuleScenario(rule, given, rows, List.of(findings));
  }

  private static RuleScenario silent(String rule, String given, Consumer<Facts> rows) {
    return new RuleScenario(rule, given, rows, List.of());
  }

  @Override
  public String toString() {
    return rule + ": " + given + (findings.isEmpty() ? " -> silent" : " -> fires");
  }
}
