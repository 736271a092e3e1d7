package io.tokenwatt.jobs.requests;

import com.clickhouse.client.api.query.GenericRecord;
import io.tokenwatt.jobs.efficiency.FollowedTable;
import io.tokenwatt.jobs.latency.Slo;
import io.tokenwatt.jobs.latency.SloBook;
import io.tokenwatt.model.RequestSketch;
import io.tokenwatt.storage.Store;
import io.tokenwatt.storage.StoreConfig;
import java.util.List;
import java.util.Locale;

/**
 * Reads the SLOs as they stand; the view slo_attainment, not the job, acts on corrections.
 *
 * <p>A running job follows them: an event is judged once, when it is counted, by the SLOs known
 * then that are in force at its time, and its row names their version (slo_version). A replay may
 * know later ones.
 */
public final class SloTable {
  private SloTable() {}

  /** Read now, and once a minute while the job runs. */
  public static FollowedTable<SloBook> read(StoreConfig config) {
    return FollowedTable.each("slos", () -> once(config));
  }

  static SloBook once(StoreConfig config) {
    try (Store store = new Store(config)) {
      List<Slo> entries =
          store
              .rows(
                  "SELECT slo, model, service_class, measure, vantage,"
                      + " toInt64(round(threshold * 1e6)) AS target_us,"
                      + " toUnixTimestamp(effective_from) AS since, toInt64(version) AS v FROM "
                      + config.database()
                      + ".slos FINAL WHERE measure IN ('ttft', 'e2e', 'tpot')"
                      + " AND vantage IN ('gateway', 'client') ORDER BY ALL")
              .stream()
              .map(SloTable::entry)
              .toList();
      return new SloBook(entries);
    }
  }

  private static Slo entry(GenericRecord row) {
    String measure = row.getString("measure") + "_" + row.getString("vantage");
    return new Slo(
        row.getString("slo"),
        row.getString("model"),
        row.getString("service_class"),
        RequestSketch.valueOf(measure.toUpperCase(Locale.ROOT)),
        row.getLong("target_us"),
        row.getLong("since") * 1000,
        row.getLong("v"));
  }
}
