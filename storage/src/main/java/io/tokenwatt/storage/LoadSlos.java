package io.tokenwatt.storage;

import com.clickhouse.client.api.query.GenericRecord;
import io.tokenwatt.storage.slo.SloEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes and reads table slos. Of two entries with one name and time the higher version counts, so
 * that a correction acts on the past in the views at once. Not thread-safe.
 */
public final class LoadSlos {
  /** In entries. */
  public record Outcome(int added, int corrected, int unchanged) {}

  private final Store store;

  /**
   * @param store must outlive this
   * @throws StoreException if table slos does not fit this version
   */
  public LoadSlos(Store store) {
    this.store = store;
    new TableCheck(store).require(List.of(new InsertSlos(0)));
  }

  /**
   * Writes what is new or differs; loading the same again changes nothing.
   *
   * @param nowMs Unix ms; the version, or one above the highest there, if a clock was ahead
   */
  public Outcome merge(List<SloEntry> entries, long nowMs) {
    Map<String, SloEntry> there = new HashMap<>();
    all().forEach(e -> there.put(key(e), e));
    List<SloEntry> changed = new ArrayList<>();
    int added = 0;
    for (SloEntry entry : entries) {
      SloEntry old = there.get(key(entry));
      added += old == null ? 1 : 0;
      if (!entry.equals(old)) {
        changed.add(entry);
      }
    }
    long highest =
        store
            .rows(
                "SELECT toInt64(max(version)) AS v FROM %s.slos"
                    .formatted(store.config().database()))
            .get(0)
            .getLong("v");
    store.insert(new InsertSlos(Math.max(nowMs, highest + 1)), changed, new RowBinary());
    return new Outcome(added, changed.size() - added, entries.size() - changed.size());
  }

  /** Every entry, by name and time. */
  public List<SloEntry> all() {
    return store
        .rows(
            "SELECT slo, model, service_class, vantage, measure, threshold, objective, period_days, owner,"
                + " toInt64(toUnixTimestamp(effective_from)) AS since, note FROM %s.slos FINAL WHERE vantage != '' ORDER BY slo, since"
                    .formatted(store.config().database()))
        .stream()
        .map(LoadSlos::entry)
        .toList();
  }

  private static SloEntry entry(GenericRecord row) {
    return new SloEntry(
        row.getString("slo"),
        row.getString("model"),
        row.getString("service_class"),
        row.getString("vantage"),
        row.getString("measure"),
        row.getDouble("threshold"),
        row.getDouble("objective"),
        row.getInteger("period_days"),
        row.getString("owner"),
        Instant.ofEpochSecond(row.getLong("since")),
        row.getString("note"));
  }

  private static String key(SloEntry entry) {
    return entry.slo() + "\u001f" + entry.effectiveFrom();
  }
}
