package io.tokenwatt.quickstart.fleet;

import java.util.SplittableRandom;

/**
 * When a port refuses connections: 4 to 12 s, once in one to three minutes. Asked in the order of
 * time. Not thread-safe.
 */
final class Outages {
  private final SplittableRandom random;
  private final boolean ever;
  private long fromUs;
  private long toUs;

  private Outages(boolean ever, long seed, long startUs) {
    this.ever = ever;
    this.random = new SplittableRandom(seed);
    plan(startUs);
  }

  static Outages never() {
    return new Outages(false, 0, 0);
  }

  static Outages nowAndThen(long seed, long startUs) {
    return new Outages(true, seed, startUs);
  }

  boolean at(long nowUs) {
    if (!ever) {
      return false;
    }
    while (nowUs >= toUs) {
      plan(toUs);
    }
    return nowUs >= fromUs;
  }

  private void plan(long afterUs) {
    fromUs = afterUs + random.nextLong(60_000_000, 180_000_000);
    toUs = fromUs + random.nextLong(4_000_000, 12_000_000);
  }
}
