package io.tokenwatt.quickstart;

import com.clickhouse.client.api.query.GenericRecord;
import io.tokenwatt.storage.Store;

/** What a run brought, in sums that anybody can check. */
final class Summary {
  private final Store store;

  Summary(Store store) {
    this.store = store;
  }

  void print(Progress progress, double firstRowS) {
    GenericRecord facts =
        row(
            "SELECT count() AS windows, sum(output_tokens + output_tokens_bridged) AS tokens,"
                + " (sum(gpu_mj) + sum(gpu_mj_bridged)) / 3.6e9 AS kwh,"
                + " sum(output_tokens_metered) * 1000 / nullIf(sum(gpu_mj_metered), 0) AS per_joule,"
                + " sum(observed_ms) / nullIf(sum(expected_ms), 0) AS coverage"
                + " FROM tokenwatt.efficiency_10s FINAL");
    GenericRecord intake =
        row(
            "SELECT sum(records) AS published, sumIf(records, outcome = 'counted') AS counted,"
                + " sumIf(records, outcome = 'rejected') AS rejected FROM tokenwatt.intake_10s FINAL");
    progress.say("summary");
    progress.say(
        "  first row after    %s", firstRowS < 0 ? "– (none came)" : "%.1f s".formatted(firstRowS));
    progress.say("  rows of 10 s       %d", facts.getLong("windows"));
    progress.say("  output tokens      %,d", facts.getLong("tokens"));
    progress.say("  board energy       %s kWh", number(facts, "kwh", "%.3f"));
    progress.say("  tokens per joule   %s", number(facts, "per_joule", "%.3f"));
    progress.say("  coverage           %s", number(facts, "coverage", "%.4f"));
    progress.say(
        "  records            %,d published, %,d counted, %,d rejected",
        intake.getLong("published"), intake.getLong("counted"), intake.getLong("rejected"));
  }

  private GenericRecord row(String sql) {
    return store.rows(sql).get(0);
  }

  private static String number(GenericRecord row, String column, String format) {
    return row.hasValue(column) ? format.formatted(row.getDouble(column)) : "–";
  }
}
