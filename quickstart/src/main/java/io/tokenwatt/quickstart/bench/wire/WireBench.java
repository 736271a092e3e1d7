package io.tokenwatt.quickstart.bench.wire;

import io.tokenwatt.collectors.agent.AgentConfig;
import io.tokenwatt.collectors.discovery.NodePlan;
import io.tokenwatt.collectors.publish.KafkaSpec;
import io.tokenwatt.collectors.scrape.TargetSpec;
import io.tokenwatt.embedded.EmbeddedKafka;
import io.tokenwatt.embedded.KafkaOptions;
import io.tokenwatt.model.proto.NodeSample;
import io.tokenwatt.quickstart.bench.Benchmark;
import io.tokenwatt.quickstart.bench.Peers;
import io.tokenwatt.quickstart.bench.report.Figure;
import io.tokenwatt.quickstart.bench.report.Goal;
import io.tokenwatt.quickstart.bench.report.Outcome;
import io.tokenwatt.quickstart.bench.report.Spread;
import io.tokenwatt.quickstart.fleet.AgentText;
import io.tokenwatt.quickstart.fleet.Fleet;
import io.tokenwatt.quickstart.fleet.FleetOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.ConnectException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code bench wire}. */
public final class WireBench implements Benchmark {
  private static final long SEED = 20_261_121;
  private static final Goal GOAL = Goal.atMost(3);
  private static final String PEER = "vmagent 1.79";

  @Override
  public String name() {
    return "wire";
  }

  @Override
  public String title() {
    return "Bytes in Kafka's log segment per series line read, one self-contained record per batch";
  }

  @Override
  public int minutes() {
    return 4;
  }

  @Override
  public Outcome run(Plan plan, PrintWriter err) throws Exception {
    List<Figure> figures = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    try (EmbeddedKafka kafka = EmbeddedKafka.start(KafkaOptions.throwaway());
        Wire wire = new Wire(kafka)) {
      fleet(plan, wire, figures, err);
      dumps(plan, wire, figures, notes);
    }
    notes.add(
        "batch headers, key and node's identity included; zstd as the agent's producer has it");
    notes.add("each record was read back alone and equals what was sent");
    return new Outcome(figures, notes);
  }

  private void fleet(Plan plan, Wire wire, List<Figure> figures, PrintWriter err) throws Exception {
    Path folder = Files.createTempDirectory("tokenwatt-bench");
    FleetOptions options =
        FleetOptions.of(SEED).restartingAfter(Duration.ofHours(24), Duration.ofSeconds(12));
    try (Fleet fleet = Fleet.start(options)) {
      Path yaml = folder.resolve("agent.yaml");
      Files.writeString(yaml, AgentText.yaml(fleet.nodes(), "127.0.0.1:9"));
      AgentConfig config = AgentConfig.read(yaml);
      Map<String, Long> lines = lines(config);
      Map<String, List<NodeSample>> samples = Captured.of(config, lines.keySet(), plan.rounds());
      err.printf("%d nodes, %d lines%n", lines.size(), total(lines));
      err.flush();
      Spread all = weigh(wire, samples, lines);
      Figure figure = Figure.of("simulated fleet, " + lines.size() + " nodes", "B", all).goal(GOAL);
      Optional<Path> vmagent = Peers.find("vmagent");
      figures.add(
          vmagent.isPresent()
              ? figure.against(
                  PEER + ", remote write",
                  RemoteWrite.bytesPerLine(fleet.nodes(), total(lines), plan, vmagent.get()))
              : figure.withoutPeer(PEER, Peers.absent("vmagent")));
    }
  }

  private void dumps(Plan plan, Wire wire, List<Figure> figures, List<String> notes)
      throws Exception {
    Path corpus = Peers.checkout().resolve("../shared/corpus/exporters");
    Path other = Peers.checkout().resolve("shared/corpus/exporters");
    Path folder = Files.isDirectory(corpus) ? corpus : other;
    if (!Files.isDirectory(folder)) {
      figures.add(
          Figure.unmeasured("real exporters' pages", "B", "no corpus at " + corpus.normalize())
              .goal(GOAL));
      return;
    }
    List<Path> files;
    try (Stream<Path> list = Files.list(folder)) {
      files = list.sorted().toList();
    }
    try (Dumps dumps = new Dumps(files)) {
      AgentConfig config = AgentConfig.of(dumps.nodes(), KafkaSpec.of("127.0.0.1:9"));
      Map<String, Long> lines = lines(config);
      Map<String, List<NodeSample>> samples = Captured.of(config, lines.keySet(), plan.rounds());
      for (NodePlan node : dumps.nodes()) {
        String name = node.node().node();
        long count = lines.get(name);
        Spread spread = weigh(wire, Map.of(name, samples.get(name)), lines);
        figures.add(Figure.of("%s, %d lines".formatted(name, count), "B", spread).goal(GOAL));
      }
      notes.add(
          "shorter pages of the corpus are left out: a batch's header of 61 bytes outweighs them");
    }
  }

  /** Of each tick, over all nodes. */
  private static Spread weigh(
      Wire wire, Map<String, List<NodeSample>> samples, Map<String, Long> lines) throws Exception {
    double[] bytes = new double[samples.values().iterator().next().size()];
    long all = 0;
    for (Map.Entry<String, List<NodeSample>> node : samples.entrySet()) {
      List<Integer> batches = wire.bytes(node.getValue());
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] += batches.get(i);
      }
      all += lines.get(node.getKey());
    }
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] /= all;
    }
    return Spread.of(bytes);
  }

  /** By node; without nodes that do not answer, of which the simulated fleet has one. */
  private static Map<String, Long> lines(AgentConfig config)
      throws IOException, InterruptedException {
    Map<String, Long> lines = new HashMap<>();
    for (NodePlan node : config.nodes()) {
      List<URI> pages = node.targets().stream().map(TargetSpec::url).map(url -> url.uri()).toList();
      try {
        lines.put(node.node().node(), Lines.of(pages));
      } catch (ConnectException dark) {
        // Nothing is read, so nothing is sent.
      }
    }
    return lines;
  }

  private static long total(Map<String, Long> lines) {
    return lines.values().stream().mapToLong(Long::longValue).sum();
  }
}
