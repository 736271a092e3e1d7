package io.tokenwatt.jobs.attribution;

/** What a board did for its owner over an interval. Unknown is not idle. */
public enum BoardState {
  /** The owner had requests running or waiting, or produced tokens. */
  BUSY,
  /** Owned, nothing running or waiting by the engine's gauges, and no token. */
  LOADED_IDLE,
  /** No owner. */
  UNALLOCATED,
  /** Owned, but no engine answered, or the owner serves no engine. */
  UNKNOWN;

  public String label() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
