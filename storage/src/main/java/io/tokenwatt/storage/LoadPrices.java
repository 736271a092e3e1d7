package io.tokenwatt.storage;

import io.tokenwatt.storage.load.LoadedRow;
import io.tokenwatt.storage.load.LoadedTable;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * Writes plain prices, in USD with energy included, from a program; {@link LoadRows} writes what
 * files say. The key of a price is (provider, region, hardware, purchaseOption, effectiveFrom); the
 * highest version counts. Not thread-safe.
 */
public final class LoadPrices {
  private final LoadRows load;

  /**
   * @param store must outlive this
   * @throws StoreException if table prices does not fit this version
   */
  public LoadPrices(Store store) {
    load = new LoadRows(store);
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
    load.write(prices.stream().map(LoadPrices::row).toList(), version);
  }

  private static LoadedRow row(Price price) {
    BigDecimal amount = price.usdPerGpuHour().setScale(6);
    return LoadedRow.of(
        LoadedTable.PRICES,
        Map.of(
            "provider", price.provider(),
            "region", price.region(),
            "hardware", price.hardware(),
            "purchase_option", price.purchaseOption(),
            "effective_from", price.effectiveFrom(),
            "per_gpu_hour", amount,
            "example", price.example(),
            "note", price.note()));
  }
}
