package io.tokenwatt.jobs.cost;

import io.tokenwatt.model.Cell;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/** The prices of one reading of the price book, by time. Immutable, thread-safe. */
public final class PriceBook implements Serializable {
  private static final long serialVersionUID = 1;
  private static final long MS_PER_HOUR = 3_600_000;

  private final Map<String, TreeMap<Long, Long>> prices = new HashMap<>();
  private final long version;

  public PriceBook(List<PriceEntry> entries) {
    for (PriceEntry e : entries) {
      prices
          .computeIfAbsent(
              key(e.provider(), e.region(), e.hardware(), e.purchaseOption()), k -> new TreeMap<>())
          .put(e.effectiveFromMs(), e.microusdPerGpuHour());
    }
    version = entries.isEmpty() ? 0 : Integer.toUnsignedLong(entries.hashCode()) + 1;
  }

  /** Identifies the entries; 0 = none. */
  public long version() {
    return version;
  }

  /**
   * What {@code gpuMs} board-ms of the cell cost in the window that starts at {@code
   * windowStartMs}, in micro-dollars, rounded half up; empty where no price is known. Prices change
   * on whole hours, so a window has one price.
   */
  public OptionalLong microusd(Cell cell, long gpuMs, long windowStartMs) {
    OptionalLong own = rate(cell, cell.region(), windowStartMs);
    OptionalLong rate = own.isPresent() ? own : rate(cell, "", windowStartMs);
    return rate.isPresent()
        ? OptionalLong.of((gpuMs * rate.getAsLong() + MS_PER_HOUR / 2) / MS_PER_HOUR)
        : OptionalLong.empty();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PriceBook book && prices.equals(book.prices);
  }

  @Override
  public int hashCode() {
    return prices.hashCode();
  }

  private OptionalLong rate(Cell cell, String region, long atMs) {
    TreeMap<Long, Long> history =
        prices.get(key(cell.provider(), region, cell.hardware(), cell.purchaseOption()));
    Map.Entry<Long, Long> inForce = history == null ? null : history.floorEntry(atMs);
    return inForce == null || inForce.getValue() < 0
        ? OptionalLong.empty()
        : OptionalLong.of(inForce.getValue());
  }

  private static String key(String provider, String region, String hardware, String purchase) {
    return String.join("\u001f", provider, region, hardware, purchase);
  }
}
