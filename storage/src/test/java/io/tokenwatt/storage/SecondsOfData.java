package io.tokenwatt.storage;

import io.tokenwatt.model.CellMeasure;
import io.tokenwatt.model.Window;
import io.tokenwatt.model.fact.CellRow;
import java.util.List;
import java.util.NavigableMap;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.DoubleStream;

/** How long one group was there, told one window after the other from all its rows of all times. */
final class SecondsOfData {
  private record Presence(double boards, double engines) {
    Presence plus(Presence other) {
      return new Presence(boards + other.boards, engines + other.engines);
    }

    /** Part of a window this is, if {@code whole} is all of one. */
    double of(Presence whole) {
      if (boards > 0 && whole.boards > 0) {
        return Math.min(1, boards / whole.boards);
      }
      return engines > 0 && whole.engines > 0 ? Math.min(1, engines / whole.engines) : 1;
    }
  }

  private final NavigableMap<Long, Presence> windows = new TreeMap<>();

  SecondsOfData(List<CellRow> rows) {
    for (CellRow row : rows) {
      double boards = row.amounts()[CellMeasure.EXPECTED_MS.ordinal()];
      double engines = row.amounts()[CellMeasure.TOKENS_EXPECTED_MS.ordinal()];
      if (boards > 0 || engines > 0) {
        windows.merge(row.windowStartMs(), new Presence(boards, engines), Presence::plus);
      }
    }
  }

  /** Seconds in [fromMs, toMs); empty if they cannot be told or there are none. */
  OptionalDouble between(long fromMs, long toMs) {
    NavigableMap<Long, Presence> near = windows.subMap(fromMs - Window.SIZE_MS, true, toMs, true);
    double seconds = 0;
    for (long start : near.subMap(fromMs, true, toMs, false).keySet()) {
      seconds += 10 * part(start, near);
    }
    return near.size() < 2 || seconds == 0 ? OptionalDouble.empty() : OptionalDouble.of(seconds);
  }

  private static double part(long start, NavigableMap<Long, Presence> near) {
    Presence before = near.get(start - Window.SIZE_MS);
    Presence after = near.get(start + Window.SIZE_MS);
    if (before != null && after != null) {
      return 1;
    }
    if (before == null && after == null) {
      return near.get(start).of(new Presence(max(near, true), max(near, false)));
    }
    return near.get(start).of(after != null ? after : before);
  }

  private static double max(NavigableMap<Long, Presence> near, boolean boards) {
    DoubleStream all = near.values().stream().mapToDouble(p -> boards ? p.boards : p.engines);
    return all.max().orElseThrow();
  }
}
