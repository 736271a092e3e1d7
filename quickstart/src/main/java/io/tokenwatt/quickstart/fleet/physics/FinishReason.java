package io.tokenwatt.quickstart.fleet.physics;

import java.util.Locale;

/** vLLM's reasons, in its order; all are exposed from the start, at 0. */
public enum FinishReason {
  STOP,
  LENGTH,
  ABORT,
  ERROR,
  REPETITION;

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
