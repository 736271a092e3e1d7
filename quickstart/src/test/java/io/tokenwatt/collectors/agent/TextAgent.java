package io.tokenwatt.collectors.agent;

import io.tokenwatt.collectors.exporters.Exporter;
import io.tokenwatt.collectors.exporters.ExporterCatalogue;
import io.tokenwatt.collectors.exporters.TargetReading;
import io.tokenwatt.collectors.exposition.Exposition;
import io.tokenwatt.collectors.exposition.ExpositionFormat;
import io.tokenwatt.collectors.exposition.ExpositionParser;
import io.tokenwatt.collectors.ownership.BindingSpec;
import io.tokenwatt.collectors.ownership.Knowledge;
import io.tokenwatt.model.proto.NodeIdentity;
import io.tokenwatt.model.proto.NodeSample;
import io.tokenwatt.model.proto.ScrapeFailure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the agent makes of pages, without its clock and its network: the same parser, readers and
 * assembly as a tick of its own. It stands in the agent's package to reach them. Not thread-safe.
 */
public final class TextAgent {
  private static final long RUN = 1;

  private final NodeIdentity node;
  private final int tickMs;
  private final ExporterCatalogue catalogue;
  private final EngineMemory memory = new EngineMemory();
  private final Map<String, ExpositionParser> parsers = new HashMap<>();
  private final Map<String, Exporter> exporters = new HashMap<>();
  private long seq;

  public TextAgent(NodeIdentity node, int tickMs, ExporterCatalogue catalogue) {
    this.node = node;
    this.tickMs = tickMs;
    this.catalogue = catalogue;
  }

  /**
   * One tick.
   *
   * @param pages by target; null = it refused the connection
   */
  public NodeSample sample(long atMs, Map<String, byte[]> pages, List<BindingSpec> bindings) {
    List<TargetReading> readings = new ArrayList<>();
    List<ScrapeFailure> failures = new ArrayList<>();
    pages.forEach(
        (target, page) -> {
          if (page == null) {
            failures.add(ScrapeFailure.newBuilder().setTarget(target).setReason("connect").build());
          } else {
            readings.add(read(target, page));
          }
        });
    memory.learn(readings, pages.keySet());
    SampleHeader header = new SampleHeader(node, RUN, ++seq, atMs, tickMs, 0, "test", 0);
    return SampleAssembler.assemble(
            header, readings, failures, Knowledge.of(bindings), memory.engines(), memory.driver())
        .sample();
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
        .computeIfAbsent(target, t -> catalogue.detect(exposition).orElseThrow())
        .read(exposition, target);
  }
}
