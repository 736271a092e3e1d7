package io.tokenwatt.jobs.regression;

/** What the detector says of a series at a window's end (atMs, Unix ms). */
public sealed interface Verdict {
  long atMs();

  /** A regression was found; its id was never used before. */
  record Opened(long atMs, Regression regression) implements Verdict {}

  /** It is still there; after each window of its first minute, then at most once a minute. */
  record Updated(long atMs, Regression regression) implements Verdict {}

  /** It is over: the last word under this id. */
  record Closed(long atMs, Regression regression, CloseReason reason) implements Verdict {}

  /**
   * The reference of a measure was moved.
   *
   * @param factor new reference / old reference
   * @param why accepted, or the rule that moved it
   */
  record Rebaselined(long atMs, Series series, Measure measure, double factor, Why why)
      implements Verdict {}

  /** Who moved a reference. */
  enum Why {
    /** A person, by {@code regressions accept}. */
    ACCEPTED,
    /** The written rule: better than the reference for as long as {@link Tuning} says. */
    IMPROVED
  }
}
