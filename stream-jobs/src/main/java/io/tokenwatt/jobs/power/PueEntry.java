package io.tokenwatt.jobs.power;

import java.io.Serializable;

/**
 * A site's PUE (facility energy / IT energy), in force from an instant until the site's next entry.
 *
 * @param effectiveFromMs Unix ms, inclusive
 * @param puePpm the ratio x 10^6
 */
public record PueEntry(String site, long effectiveFromMs, long puePpm) implements Serializable {
  /** Below 1 nothing could be; above 5 it is another unit or a broken meter. */
  public static boolean isPlausible(long puePpm) {
    return puePpm >= 1_000_000 && puePpm <= 5_000_000;
  }
}
