package io.tokenwatt.model;

/**
 * The one grid of all facts: windows of 10 s, half-open [start, start + 10 s), aligned to the Unix
 * epoch.
 */
public final class Window {
  public static final long SIZE_MS = 10_000;

  private Window() {}

  /** Start of the window that holds the instant {@code ms} (Unix ms). */
  public static long startOf(long ms) {
    return Math.floorDiv(ms, SIZE_MS) * SIZE_MS;
  }

  /** End (exclusive) of the window that holds the instant {@code ms}. */
  public static long endOf(long ms) {
    return startOf(ms) + SIZE_MS;
  }
}
