package io.tokenwatt.collectors.backfill;

import java.util.ArrayList;
import java.util.List;

/** What a backfill would read, as text. */
final class Inventory {
  private final Hours hours;

  Inventory(Hours hours) {
    this.hours = hours;
  }

  List<String> lines(long hourMs) {
    List<String> lines = new ArrayList<>();
    Hours.Found found = hours.inventory(hourMs);
    hours.read(found, hourMs, (node, pages) -> lines.addAll(node(node, found, pages)));
    if (found.homeless() > 0) {
      lines.add(
          found.homeless()
              + " series name no node; set prometheus.node_labels, or targets with their URLs");
    }
    if (lines.isEmpty()) {
      lines.add("no series of a known exporter in this hour");
    }
    return lines;
  }

  private List<String> node(String node, Hours.Found found, List<TargetPages> pages) {
    List<String> lines = new ArrayList<>();
    SourceTarget first = found.nodes().get(node).get(0);
    boolean boards = pages.stream().anyMatch(p -> p.exporter().readsGpus());
    boolean engines = pages.stream().anyMatch(p -> p.exporter().readsEngine());
    lines.add(
        "node %s  region %s  cluster %s%s"
            .formatted(
                node,
                orDash(first.node().region()),
                orDash(first.node().cluster()),
                boards ? "" : engines ? "  NO BOARDS: does its engine run on another node?" : ""));
    for (TargetPages page : pages) {
      TickGrid grid = TickGrid.of(List.of(page.times()));
      lines.add(
          "  target %s  %s  every %d s"
              .formatted(page.target().name(), page.exporter().kind(), grid.periodMs() / 1000));
    }
    return lines;
  }

  private static String orDash(String text) {
    return text.isEmpty() ? "-" : text;
  }
}
