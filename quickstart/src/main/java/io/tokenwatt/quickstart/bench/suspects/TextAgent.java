package io.tokenwatt.quickstart.bench.suspects;

import io.tokenwatt.collectors.agent.NodeHistory;
import io.tokenwatt.collectors.discovery.NodeSpec;
import io.tokenwatt.collectors.exporters.Exporter;
import io.tokenwatt.collectors.exporters.ExporterCatalogue;
import io.tokenwatt.collectors.exporters.TargetReading;
import io.tokenwatt.collectors.exposition.Exposition;
import io.tokenwatt.collectors.exposition.ExpositionFormat;
import io.tokenwatt.collectors.exposition.ExpositionParser;
import io.tokenwatt.collectors.ownership.BindingSpec;
import io.tokenwatt.model.proto.NodeSample;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the agent makes of pages, without its clock and its network: the same parser, readers and
 * assembly as a tick of its own. Not thread-safe.
 */
final class TextAgent {
  private static final ExporterCatalogue CATALOGUE = ExporterCatalogue.standard();

  private static final long RUN = 1;

  private final NodeSpec node;
  private final int tickMs;
  private final Map<String, ExpositionParser> parsers = new HashMap<>();
  private final Map<String, Exporter> exporters = new HashMap<>();
  private NodeHistory history;

  /** It owns nothing until it is told. */
  TextAgent(NodeSpec node, int tickMs) {
    this.node = node;
    this.tickMs = tickMs;
    bind(List.of());
  }

  /** From the next tick on these own the boards; engines that do not answer are forgotten. */
  void bind(List<BindingSpec> bindings) {
    history = new NodeHistory(node, bindings);
  }

  /**
   * One tick.
   *
   * @param pages by target; null = it refused the connection
   */
  NodeSample sample(long atMs, Map<String, byte[]> pages) {
    List<TargetReading> readings = new ArrayList<>();
    List<String> failed = new ArrayList<>();
    pages.forEach(
        (target, page) -> {
          if (page == null) {
            failed.add(target);
          } else {
            readings.add(read(target, page));
          }
        });
    return history.record(RUN, atMs, tickMs, readings, failed, pages.keySet());
  }

  private TargetReading read(String target, byte[] page) {
    Exposition exposition =
        parsers
            .computeIfAbsent(target, t -> new ExpositionParser())
            .read(page, page.length, ExpositionFormat.PROMETHEUS_TEXT);
    if (!exposition.isClean()) {
      throw new IllegalStateException(
          target + ": " + exposition.rejects() + exposition.documentProblems());
    }
    return exporters
        .computeIfAbsent(target, t -> CATALOGUE.detect(exposition).orElseThrow())
        .read(exposition, target);
  }
}
