package io.tokenwatt.storage;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * What one board costs per hour, from {@code effectiveFrom} until the next price of the same
 * provider, region, hardware and purchase option.
 *
 * @param effectiveFrom a whole hour, UTC
 * @param usdPerGpuHour not negative, at most six decimals
 * @param example made up for demonstration; shown as such, never to be taken for a quote
 * @param note where the price is from
 */
public record Price(
    String provider,
    String region,
    String hardware,
    String purchaseOption,
    Instant effectiveFrom,
    BigDecimal usdPerGpuHour,
    boolean example,
    String note) {

  private static final int MAX_DECIMALS = 6;

  public Price {
    requireNonNull(provider, "provider is null");
    requireNonNull(region, "region is null");
    requireNonNull(hardware, "hardware is null");
    requireNonNull(purchaseOption, "purchaseOption is null");
    requireNonNull(note, "note is null");
    if (Math.floorMod(effectiveFrom.getEpochSecond(), 3600L) != 0 || effectiveFrom.getNano() != 0) {
      throw new IllegalArgumentException(
          "a price holds from a whole UTC hour on, not from " + effectiveFrom);
    }
    if (usdPerGpuHour.signum() < 0) {
      throw new IllegalArgumentException("a price is not negative: " + usdPerGpuHour);
    }
    if (usdPerGpuHour.stripTrailingZeros().scale() > MAX_DECIMALS) {
      throw new IllegalArgumentException(
          "a price has at most " + MAX_DECIMALS + " decimals: " + usdPerGpuHour);
    }
  }
}
