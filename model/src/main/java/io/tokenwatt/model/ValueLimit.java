package io.tokenwatt.model;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/**
 * Keeps one label from taking more values than a store can bear: the first values that come get a
 * place each, further ones are called {@link #OTHER} until a place is free again. A value that was
 * not seen for the horizon gives up its place, but only when another one wants it.
 *
 * <p>Every answer follows from the calls before it (values and times) and from nothing else: no
 * clock, no chance. Call it where that order is fixed by the log (one node's records) or becomes
 * part of it (before publishing); never where records of several partitions meet, or the same
 * records would be dealt differently by another run.
 *
 * <p>Bounds: at most {@code limit} values are remembered. Not thread-safe.
 */
public final class ValueLimit {
  /** What all values beyond the limit are called, in every fact. */
  public static final String OTHER = "(other)";

  private final Map<String, Long> lastSeen;
  private final int limit;
  private final long horizonMs;

  /** No remembered value was last seen before this: spares looking through them in vain. */
  private long oldestMs = Long.MIN_VALUE;

  /**
   * @param lastSeen value to when it was last seen, Unix ms; kept by the caller, changed in place
   * @param limit places; at least 1
   * @param horizonMs how long a value that is not seen keeps its place
   */
  public ValueLimit(Map<String, Long> lastSeen, int limit, long horizonMs) {
    this.lastSeen = requireNonNull(lastSeen, "lastSeen is null");
    if (limit < 1 || horizonMs < 1) {
      throw new IllegalArgumentException("limit and horizon must be at least 1");
    }
    this.limit = limit;
    this.horizonMs = horizonMs;
  }

  /**
   * The value itself, or {@link #OTHER}.
   *
   * @param value "" and names of ours in parentheses such as {@link Cell#UNALLOCATED} always pass
   *     and take no place
   * @param atMs when it is seen, Unix ms
   */
  public String admit(String value, long atMs) {
    if (isOurs(value)) {
      return value;
    }
    if (!lastSeen.containsKey(value) && lastSeen.size() >= limit && !hasMadeRoom(atMs)) {
      return OTHER;
    }
    lastSeen.merge(value, atMs, Math::max);
    return value;
  }

  /** Values that have a place. */
  public int size() {
    return lastSeen.size();
  }

  private boolean hasMadeRoom(long atMs) {
    long before = atMs - horizonMs;
    if (oldestMs >= before) {
      return false;
    }
    lastSeen.values().removeIf(seen -> seen < before);
    oldestMs = lastSeen.values().stream().mapToLong(Long::longValue).min().orElse(Long.MAX_VALUE);
    return lastSeen.size() < limit;
  }

  private static boolean isOurs(String value) {
    return value.isEmpty() || value.startsWith("(") && value.endsWith(")");
  }
}
