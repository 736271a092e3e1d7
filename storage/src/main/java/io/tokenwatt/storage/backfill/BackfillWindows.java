package io.tokenwatt.storage.backfill;

import io.tokenwatt.model.Window;
import java.io.Serializable;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The windows that a backfill may write: those from {@code fromMs} up to {@code toMs} (exclusive)
 * in which no node of the same region and cluster was observed live. Region and cluster are part of
 * every cell, so a row never holds nodes of both kinds. Immutable once shared.
 */
public final class BackfillWindows implements Serializable {
  private static final long serialVersionUID = 1;

  private final long fromMs;
  private final long toMs;
  private final Map<String, HashSet<Long>> live = new HashMap<>();

  /**
   * @param fromMs a window's start
   * @param toMs a window's start
   */
  public BackfillWindows(long fromMs, long toMs) {
    if (fromMs % Window.SIZE_MS != 0 || toMs % Window.SIZE_MS != 0 || fromMs >= toMs) {
      throw new IllegalArgumentException(
          "a backfill goes from one window's start to a later one's");
    }
    this.fromMs = fromMs;
    this.toMs = toMs;
  }

  public long fromMs() {
    return fromMs;
  }

  public long toMs() {
    return toMs;
  }

  void addLive(String region, String cluster, long windowStartMs) {
    live.computeIfAbsent(scope(region, cluster), s -> new HashSet<>()).add(windowStartMs);
  }

  public boolean accepts(String region, String cluster, long windowStartMs) {
    return windowStartMs >= fromMs
        && windowStartMs < toMs
        && !live.getOrDefault(scope(region, cluster), NONE).contains(windowStartMs);
  }

  private static final HashSet<Long> NONE = new HashSet<>();

  /** How many windows of which region/cluster were observed live. */
  public Map<String, Integer> liveWindows() {
    Map<String, Integer> counts = new java.util.TreeMap<>();
    live.forEach((scope, windows) -> counts.put(scope, windows.size()));
    return counts;
  }

  private static String scope(String region, String cluster) {
    return region + "/" + cluster;
  }

  /** Regions and clusters with live windows. */
  public Set<String> liveScopes() {
    return Set.copyOf(live.keySet());
  }
}
