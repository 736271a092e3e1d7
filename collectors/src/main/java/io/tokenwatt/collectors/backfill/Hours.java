package io.tokenwatt.collectors.backfill;

import io.tokenwatt.collectors.exporters.ExporterCatalogue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/**
 * Reads an hour of the history, some nodes at a time: as many as fit into a number of samples that
 * shrinks when the Prometheus or this process cannot hold them.
 */
final class Hours {
  static final long HOUR_MS = 3_600_000;

  /** A tick that the hour's end cuts is read to its end. */
  static final long MARGIN_MS = 300_000;

  /** 16 bytes each while they are held. */
  private static final long MAX_SAMPLES = 4_000_000;

  private static final long SAMPLES_AT_ONCE = 1_000_000;

  /** For guessing how many samples a series has; a wrong guess is only slower. */
  private static final long GUESSED_INTERVAL_MS = 15_000;

  private final PrometheusClient prometheus;
  private final TargetMapping mapping;
  private final ExporterCatalogue catalogue;
  private final String names;
  private long atOnce = SAMPLES_AT_ONCE;

  Hours(PrometheusClient prometheus, TargetMapping mapping, ExporterCatalogue catalogue) {
    this.prometheus = prometheus;
    this.mapping = mapping;
    this.catalogue = catalogue;
    this.names =
        catalogue.all().stream()
            .flatMap(exporter -> exporter.metricNames().stream())
            .distinct()
            .sorted()
            .map(PromQl::escaped)
            .collect(Collectors.joining("|"));
  }

  /** One target in one hour. */
  private record Counted(SourceTarget target, long series) {}

  /**
   * @param nodes their targets
   * @param series how many each target has
   * @param homeless series that say nothing of a node
   */
  record Found(
      Map<String, List<SourceTarget>> nodes, Map<SourceTarget, Long> series, long homeless) {}

  /** What there is in (hourMs, hourMs + 1 h]. */
  Found inventory(long hourMs) {
    List<String> by = new ArrayList<>(List.of("job", "instance"));
    by.addAll(mapping.looksAt());
    // last_over_time keeps the metric's name, without which series of a target would collide.
    String promql =
        "count by (%s) (last_over_time({__name__=~\"%s\"}[%ds]))"
            .formatted(String.join(", ", by), names, HOUR_MS / 1000);
    Map<String, List<SourceTarget>> nodes = new TreeMap<>();
    Map<SourceTarget.Key, Counted> found = new HashMap<>();
    long homeless = 0;
    for (RawSeries row : prometheus.query(promql, hourMs + HOUR_MS, MAX_SAMPLES)) {
      long series = Math.round(row.values()[row.values().length - 1]);
      SourceTarget target = mapping.target(row.labels()).orElse(null);
      if (target == null) {
        homeless += series;
      } else {
        found.merge(target.key(), new Counted(target, series), Hours::betterNamed);
      }
    }
    Map<SourceTarget, Long> counts = new HashMap<>();
    found.values().stream()
        .sorted(java.util.Comparator.comparing(f -> f.target().name()))
        .forEach(
            f -> {
              nodes
                  .computeIfAbsent(f.target().node().node(), n -> new ArrayList<>())
                  .add(f.target());
              counts.put(f.target(), f.series());
            });
    return new Found(nodes, counts, homeless);
  }

  /**
   * Some metrics of a target name its node (dcgm-exporter's Hostname) and others do not: the one
   * that is not only an address counts.
   */
  private static Counted betterNamed(Counted a, Counted b) {
    boolean aByAddress = isAddress(a.target());
    boolean bByAddress = isAddress(b.target());
    Counted better =
        aByAddress != bByAddress
            ? (aByAddress ? b : a)
            : a.target().node().node().compareTo(b.target().node().node()) <= 0 ? a : b;
    return new Counted(better.target(), a.series() + b.series());
  }

  private static boolean isAddress(SourceTarget target) {
    return target.key().instance().startsWith(target.node().node() + ":")
        || target.key().instance().equals(target.node().node());
  }

  /** Hands out the pages of each node of the inventory, five minutes more than the hour. */
  void read(Found inventory, long hourMs, BiConsumer<String, List<TargetPages>> to) {
    List<String> left = new ArrayList<>(inventory.nodes().keySet());
    while (!left.isEmpty()) {
      int n = fitting(left, inventory);
      List<String> batch = left.subList(0, n);
      try {
        Map<SourceTarget.Key, List<RawSeries>> series = fetch(batch, inventory, hourMs);
        for (String node : batch) {
          to.accept(node, pages(inventory.nodes().get(node), series));
        }
        left = left.subList(n, left.size());
      } catch (PrometheusException e) {
        if (!e.isTooMuch() || n == 1) {
          throw e;
        }
        atOnce = Math.max(1, samples(batch, inventory) / 2);
      }
    }
  }

  private int fitting(List<String> nodes, Found inventory) {
    long sum = 0;
    for (int i = 0; i < nodes.size(); i++) {
      sum += samples(List.of(nodes.get(i)), inventory);
      if (sum > atOnce) {
        return Math.max(1, i);
      }
    }
    return nodes.size();
  }

  private static long samples(Collection<String> nodes, Found inventory) {
    return nodes.stream()
            .flatMap(node -> inventory.nodes().get(node).stream())
            .mapToLong(target -> inventory.series().get(target))
            .sum()
        * (HOUR_MS / GUESSED_INTERVAL_MS);
  }

  private Map<SourceTarget.Key, List<RawSeries>> fetch(
      List<String> nodes, Found inventory, long hourMs) {
    String instances =
        nodes.stream()
            .flatMap(node -> inventory.nodes().get(node).stream())
            .map(target -> target.key().instance())
            .distinct()
            .map(PromQl::escaped)
            .collect(Collectors.joining("|"));
    String promql =
        "{__name__=~\"%s\",instance=~\"%s\"}[%ds]"
            .formatted(names, instances, (HOUR_MS + MARGIN_MS) / 1000);
    Map<SourceTarget.Key, List<RawSeries>> series = new HashMap<>();
    for (RawSeries one : prometheus.query(promql, hourMs + HOUR_MS + MARGIN_MS, MAX_SAMPLES)) {
      series.computeIfAbsent(SourceTarget.Key.of(one.labels()), k -> new ArrayList<>()).add(one);
    }
    return series;
  }

  private List<TargetPages> pages(
      List<SourceTarget> targets, Map<SourceTarget.Key, List<RawSeries>> series) {
    return targets.stream()
        .map(t -> new TargetPages(t, series.getOrDefault(t.key(), List.of()), catalogue))
        .filter(TargetPages::isKnown)
        .toList();
  }
}
