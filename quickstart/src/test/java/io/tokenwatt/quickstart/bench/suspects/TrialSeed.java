package io.tokenwatt.quickstart.bench.suspects;

/**
 * The seed of trials whose outcome is a matter of rates, not of laws: fixed, so that a build is red
 * by what was changed alone. The class that asks states how often other seeds fail.
 */
final class TrialSeed {
  private TrialSeed() {}

  /**
   * @param property system property: a number repeats a run, {@code random} tries another one
   */
  static long of(String property, long fixed) {
    String given = System.getProperty(property, Long.toString(fixed));
    return given.equals("random") ? System.nanoTime() & 0xffffff : Long.parseLong(given);
  }
}
