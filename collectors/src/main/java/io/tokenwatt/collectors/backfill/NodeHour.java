package io.tokenwatt.collectors.backfill;

import io.tokenwatt.collectors.agent.NodeHistory;
import io.tokenwatt.collectors.exporters.TargetReading;
import io.tokenwatt.model.proto.NodeSample;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Makes an hour's records of one node. Readings of one tick are dated at its last page: the others
 * were taken up to a tick earlier, and by so much the record says that it is wide. Pure.
 */
final class NodeHour {
  private final List<TargetPages> targets;
  private final TickGrid grid;
  private final long endMs;

  /**
   * What the next hour has to know: where this one's last tick ended, and what its targets were.
   *
   * @param lastPageMs by target
   */
  record Memory(long endMs, NodeHistory history, Map<String, Long> lastPageMs) {}

  /**
   * @param targets with pages of the hour and of the five minutes after it
   * @param hourMs begin of the hour
   */
  NodeHour(List<TargetPages> targets, long hourMs, long lengthMs) {
    this.targets = targets;
    long end = hourMs + lengthMs;
    this.grid = TickGrid.of(targets.stream().map(t -> within(t.times(), hourMs, end)).toList());
    this.endMs = grid.cutFrom(end);
  }

  private static long[] within(long[] times, long fromMs, long toMs) {
    return java.util.Arrays.stream(times).filter(ms -> ms > fromMs && ms <= toMs).toArray();
  }

  /**
   * Hands out the records, in time order.
   *
   * @param before the hour before left off; changed
   * @param run of all records
   */
  Memory records(Memory before, long run, Consumer<NodeSample> to, Consumer<TargetReading> tally) {
    Map<String, Long> lastPage = new HashMap<>(before.lastPageMs);
    Set<String> names = new HashSet<>(lastPage.keySet());
    targets.forEach(t -> names.add(t.target().name()));
    int tickMs = Math.toIntExact(grid.periodMs() + spread(before.endMs));
    long from = before.endMs;
    while (from < endMs) {
      long cut = Math.min(grid.cutFrom(from + 1), endMs);
      tick(from, cut, lastPage, names, before.history, run, tickMs, to, tally);
      from = cut;
    }
    // Targets of the hour before that are gone are forgotten with the next.
    targets.forEach(t -> names.remove(t.target().name()));
    lastPage.keySet().removeAll(names);
    return new Memory(Math.max(before.endMs, endMs), before.history, lastPage);
  }

  private void tick(
      long from,
      long cut,
      Map<String, Long> lastPage,
      Set<String> names,
      NodeHistory history,
      long run,
      int tickMs,
      Consumer<NodeSample> to,
      Consumer<TargetReading> tally) {
    List<TargetReading> readings = new ArrayList<>();
    List<String> failed = new ArrayList<>();
    long at = 0;
    for (TargetPages target : targets) {
      String name = target.target().name();
      OptionalLong page = target.last(from, cut);
      if (page.isPresent()) {
        readings.add(target.reading(page.getAsLong()));
        lastPage.put(name, page.getAsLong());
        at = Math.max(at, page.getAsLong());
      } else if (lastPage.containsKey(name) && target.last(cut, Long.MAX_VALUE).isPresent()) {
        failed.add(name);
      }
    }
    if (!readings.isEmpty()) {
      readings.forEach(tally);
      to.accept(history.record(run, at, tickMs, readings, failed, names));
    }
  }

  /** The most by which pages of one tick lie apart. */
  private long spread(long fromMs) {
    long widest = 0;
    for (long from = fromMs; from < endMs; ) {
      long cut = Math.min(grid.cutFrom(from + 1), endMs);
      long first = Long.MAX_VALUE;
      long last = Long.MIN_VALUE;
      for (TargetPages target : targets) {
        OptionalLong page = target.last(from, cut);
        if (page.isPresent()) {
          first = Math.min(first, page.getAsLong());
          last = Math.max(last, page.getAsLong());
        }
      }
      widest = Math.max(widest, last > first ? last - first : 0);
      from = cut;
    }
    return widest;
  }
}
