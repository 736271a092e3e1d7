package io.tokenwatt.quickstart.fleet.physics;

/**
 * A planned crash of an engine: down in [downUs, upUs), then back with counters at 0. The new
 * process starts at downUs + 1 s and loads the model until upUs.
 */
public record Restart(long downUs, long upUs) {
  public static final Restart NEVER = new Restart(Source.NEVER, Source.NEVER);

  private static final long RESPAWN_US = 1_000_000;

  public Restart {
    if (upUs != Source.NEVER && upUs < downUs + RESPAWN_US) {
      throw new IllegalArgumentException(
          "a restart takes at least 1 s, this one goes down at "
              + downUs
              + " us and comes up at "
              + upUs
              + " us");
    }
  }

  long processStartUs() {
    return downUs + RESPAWN_US;
  }
}
