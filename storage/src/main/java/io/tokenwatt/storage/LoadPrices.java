package io.tokenwatt.storage;

import java.util.List;

/**
 * Writes prices into the price book. The key of a price is (provider, region, hardware,
 * purchaseOption, effectiveFrom); the highest version counts, so a price is corrected by loading it
 * again with a higher one, and the views follow at once, for the past too. Not thread-safe.
 */
public final class LoadPrices {
  private final Store store;

  /**
   * @param store must outlive this
   * @throws StoreException if table prices does not fit this version
   */
  public LoadPrices(Store store) {
    this.store = store;
    new TableCheck(store).require(List.of(new InsertPrices(0)));
  }

  /** Opens the store, loads, closes it. */
  public static void load(StoreConfig config, List<Price> prices, long version) {
    try (Store store = new Store(config)) {
      new LoadPrices(store).load(prices, version);
    }
  }

  /**
   * @param version Unix ms of the load is a good one
   */
  public void load(List<Price> prices, long version) {
    store.insert(new InsertPrices(version), prices, new RowBinary());
  }
}
