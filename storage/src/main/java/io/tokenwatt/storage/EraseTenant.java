package io.tokenwatt.storage;

import java.util.List;
import java.util.Map;

/**
 * Removes a tenant's rows as a mutation, which rewrites the parts that hold them and returns when
 * that is done: a lightweight delete would only hide them until some later merge. Rollups are never
 * made again from rows that are gone, as their windows are not touched anew. Not thread-safe.
 */
public final class EraseTenant {
  /** Finest first: an hour that is summed in between cannot bring a minute back. */
  private static final List<String> TABLES = List.of("request_10s", "request_1m", "request_1h");

  private final Store store;

  /**
   * @param store must outlive this
   */
  public EraseTenant(Store store) {
    this.store = store;
  }

  /**
   * @param stored the tenant as the tables hold it
   * @return how many rows there were
   */
  public long erase(String stored) {
    if (stored.isEmpty()) {
      throw new IllegalArgumentException("an empty tenant is everybody who was not named");
    }
    String quoted = "'" + stored.replace("\\", "\\\\").replace("'", "\\'") + "'";
    long rows = 0;
    for (int pass = 0; pass < 2; pass++) { // a rollup may have run between two tables
      for (String table : TABLES) {
        rows += count(table, stored);
        store.command(
            "ALTER TABLE %s.%s DELETE WHERE tenant = %s SETTINGS mutations_sync = 2"
                .formatted(store.config().database(), table, quoted));
      }
    }
    return rows;
  }

  private long count(String table, String stored) {
    return store
        .rows(
            "SELECT count() AS n FROM %s.%s WHERE tenant = {tenant:String}"
                .formatted(store.config().database(), table),
            Map.of("tenant", stored))
        .get(0)
        .getLong("n");
  }
}
