package io.tokenwatt.jobs.regressions;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * The events of a subtask's broadcast state by time, so that a key looks at its new ones only.
 * Events of one time are in the order of their ids, whatever order they were read in.
 */
final class ChangeBook {
  private static final Comparator<KnownChange> ORDER =
      Comparator.comparing(known -> known.event().eventId());

  private final TreeMap<Long, List<KnownChange>> byTime = new TreeMap<>();
  private int size;

  void add(KnownChange change) {
    List<KnownChange> same = byTime.computeIfAbsent(change.sinceMs(), t -> new ArrayList<>());
    same.add(change);
    same.sort(ORDER);
    size++;
  }

  /** Those that count from after {@code fromMs} and not after {@code toMs}. */
  Iterable<KnownChange> between(long fromMs, long toMs) {
    if (fromMs >= toMs) {
      return List.of();
    }
    return byTime.subMap(fromMs, false, toMs, true).values().stream()
        .flatMap(List::stream)
        .toList();
  }

  int size() {
    return size;
  }

  /** Removes and returns those before {@code ms}, and the oldest ones beyond {@code most}. */
  List<KnownChange> prune(long ms, int most) {
    List<KnownChange> gone = new ArrayList<>();
    Collection<List<KnownChange>> old = byTime.headMap(ms, false).values();
    old.forEach(gone::addAll);
    old.clear();
    while (size - gone.size() > most) {
      gone.addAll(byTime.pollFirstEntry().getValue());
    }
    size -= gone.size();
    return gone;
  }
}
