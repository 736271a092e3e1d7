package io.tokenwatt.jobs.regression.suspect;

/**
 * The seed of trials whose outcome is a matter of rates, not of laws: fixed, so that a build is red
 * by what was changed alone. {@code -Dtokenwatt.seed=random} tries another one, a number repeats
 * it.
 */
public final class TrialSeed {
  private TrialSeed() {}

  public static long of(long fixed) {
    String given = System.getProperty("tokenwatt.seed", Long.toString(fixed));
    return given.equals("random") ? System.nanoTime() : Long.parseLong(given);
  }
}
