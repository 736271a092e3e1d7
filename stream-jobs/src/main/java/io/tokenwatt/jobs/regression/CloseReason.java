package io.tokenwatt.jobs.regression;

import java.util.Locale;

/** Why a regression is no longer open. */
public enum CloseReason {
  /** The measure is back near its reference, for several windows. */
  RECOVERED,
  /** A person took the new level as the reference. */
  ACCEPTED,
  /** Nothing of the series could be judged for a long time: it is stopped, moved or unseen. */
  GONE;

  /** As the store and the messages show it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
