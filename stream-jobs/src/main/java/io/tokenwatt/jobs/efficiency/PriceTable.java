package io.tokenwatt.jobs.efficiency;

import com.clickhouse.client.api.query.GenericRecord;
import io.tokenwatt.jobs.cost.PriceBook;
import io.tokenwatt.jobs.cost.PriceEntry;
import io.tokenwatt.storage.Store;
import io.tokenwatt.storage.StoreConfig;
import java.util.List;

/**
 * Reads the price book as it stands, in USD; the views, not the job, act on corrections. Energy
 * that is billed by the kWh is not in it: the job does not wait for the machines' meters.
 *
 * <p>A running job follows it: live cost is that of the book known when its row was written, which
 * the row names (price_version). Rows that were written are not written again for a new price, and
 * another run over the same log may know another book; the views' costs depend on neither.
 */
public final class PriceTable {
  private PriceTable() {}

  /** Read now, and once a minute while the job runs. */
  public static FollowedTable<PriceBook> read(StoreConfig config) {
    return FollowedTable.each("prices", () -> once(config));
  }

  /** Read now, for a run that ends. */
  static PriceBook once(StoreConfig config) {
    try (Store store = new Store(config)) {
      List<PriceEntry> entries =
          store
              .rows(
                  "SELECT provider, region, hardware, purchase_option,"
                      + " toUnixTimestamp(effective_from) AS since,"
                      + " ifNull(microusd_per_gpu_hour, -1) AS microusd FROM "
                      + config.database()
                      + ".price_rates ORDER BY ALL")
              .stream()
              .map(PriceTable::entry)
              .toList();
      return new PriceBook(entries);
    }
  }

  private static PriceEntry entry(GenericRecord row) {
    return new PriceEntry(
        row.getString("provider"),
        row.getString("region"),
        row.getString("hardware"),
        row.getString("purchase_option"),
        row.getLong("since") * 1000,
        row.getLong("microusd"));
  }
}
