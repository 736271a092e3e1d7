package io.tokenwatt.storage;

import java.util.List;

/**
 * Writes what alerts remember. A call returns when ClickHouse has the rows on disk; it may be
 * repeated, since of two rows with one key the higher version stays. All methods throw {@link
 * StoreException}; an insert that failed may still have been stored. Thread-safe.
 */
public final class AlertWriter {
  private static final InsertAlertIncidents INCIDENTS = new InsertAlertIncidents();
  private static final InsertAlertDeliveries DELIVERIES = new InsertAlertDeliveries();

  private final Store store;

  /**
   * @param store stays the caller's to close
   * @throws StoreException if the tables are not those that are written
   */
  public AlertWriter(Store store) {
    this.store = store;
    new TableCheck(store).require(List.of(INCIDENTS, DELIVERIES));
  }

  public void writeIncidents(List<AlertIncident> rows) {
    store.insert(INCIDENTS, rows, new RowBinary());
  }

  public void writeDeliveries(List<AlertDelivery> rows) {
    store.insert(DELIVERIES, rows, new RowBinary());
  }
}
