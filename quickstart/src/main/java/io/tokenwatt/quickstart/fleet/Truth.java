package io.tokenwatt.quickstart.fleet;

import io.tokenwatt.quickstart.fleet.physics.Edge;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What a pipeline's sums are checked against: each scrape's counters as they were given out, and
 * the true state at each multiple of 10 s. Thread-safe; the lists are copies.
 */
public final class Truth {
  private final int most;
  private final Supplier<List<Edge>> edges;
  private final List<ServedBoards> boards = new ArrayList<>();
  private final List<ServedMeter> meters = new ArrayList<>();
  private final Map<String, List<ServedEngine>> engines = new HashMap<>();
  private boolean complete = true;

  Truth(int most, Supplier<List<Edge>> edges) {
    this.most = most;
    this.edges = edges;
  }

  /** Scrapes of the dcgm-exporter, in the order in which they were answered. */
  public synchronized List<ServedBoards> boards() {
    return List.copyOf(boards);
  }

  /** Scrapes of the machine's meter; none where it has none. */
  public synchronized List<ServedMeter> meters() {
    return List.copyOf(meters);
  }

  /** Scrapes of one engine; empty for a name that was never scraped. */
  public synchronized List<ServedEngine> engine(String target) {
    return List.copyOf(engines.getOrDefault(target, List.of()));
  }

  public synchronized Set<String> engines() {
    return Set.copyOf(engines.keySet());
  }

  /** False once a scrape was not written down because the limit was reached. */
  public synchronized boolean complete() {
    return complete;
  }

  /** The true counts at each multiple of 10 s of event time, resets undone. */
  public List<Edge> edges() {
    return edges.get();
  }

  synchronized void served(ServedBoards scrape) {
    add(boards, scrape);
  }

  synchronized void served(ServedMeter scrape) {
    add(meters, scrape);
  }

  synchronized void served(String target, ServedEngine scrape) {
    add(engines.computeIfAbsent(target, name -> new ArrayList<>()), scrape);
  }

  private <T> void add(List<T> list, T scrape) {
    if (list.size() < most) {
      list.add(scrape);
    } else {
      complete = false;
    }
  }
}
