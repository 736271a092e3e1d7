package io.tokenwatt.jobs.efficiency;

import io.tokenwatt.jobs.power.PueEntry;
import io.tokenwatt.storage.Store;
import io.tokenwatt.storage.StoreConfig;
import java.util.List;

/**
 * Reads the sites' PUE as it stands when the job starts. A correction of the past acts only by a
 * deliberate recomputation: facility energy is stored with the PUE that was known then.
 *
 * <p>Not followed while the job runs, unlike prices and SLOs: facility energy is a sum of parts
 * that are handed on over minutes, no column says which PUE they used and no view computes it
 * again. An entry that took effect in the middle would leave rows that neither a replay nor an
 * undisturbed run gives. Where PUE moves, agents read it from a meter and it travels in their
 * records.
 */
public final class SiteTable {
  private SiteTable() {}

  public static List<PueEntry> read(StoreConfig config) {
    try (Store store = new Store(config)) {
      return store
          .rows(
              "SELECT site, toUnixTimestamp(effective_from) AS since,"
                  + " toInt64(round(assumeNotNull(pue) * 1000000)) AS ppm FROM "
                  + config.database()
                  + ".sites FINAL WHERE pue IS NOT NULL ORDER BY ALL")
          .stream()
          .map(
              row ->
                  new PueEntry(
                      row.getString("site"), row.getLong("since") * 1000, row.getLong("ppm")))
          .toList();
    }
  }
}
