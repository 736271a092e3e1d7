package io.tokenwatt.quickstart.bench.parse;

import io.tokenwatt.quickstart.bench.Benchmark;
import io.tokenwatt.quickstart.bench.Peers;
import io.tokenwatt.quickstart.bench.page.BoardPage;
import io.tokenwatt.quickstart.bench.page.EnginePage;
import io.tokenwatt.quickstart.bench.report.Figure;
import io.tokenwatt.quickstart.bench.report.Goal;
import io.tokenwatt.quickstart.bench.report.Outcome;
import io.tokenwatt.quickstart.bench.report.Spread;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

/** {@code bench parse}. */
public final class ParseBench implements Benchmark {
  private static final String PEER = "victoria-metrics 1.79";

  private record Kind(String name, LongFunction<byte[]> page) {}

  @Override
  public String name() {
    return "parse";
  }

  @Override
  public String title() {
    return "From an exporter's text to values, CPU per sample on one thread";
  }

  @Override
  public int minutes() {
    return 4;
  }

  @Override
  public Outcome run(Plan plan, PrintWriter err) throws Exception {
    List<Figure> figures = new ArrayList<>();
    for (Kind kind :
        List.of(
            new Kind("vLLM page", EnginePage::at), new Kind("dcgm-exporter page", BoardPage::at))) {
      figures.addAll(run(kind, plan, err));
    }
    return new Outcome(
        figures,
        List.of(
            "pages of 240 series, 16 ticks in turn, nearly half of the values differ from one to the"
                + " next; each page's values checked against Double.parseDouble before",
            PEER
                + ": /api/v1/import/prometheus on loopback; storing is in its figure and not in ours",
            "first contact: the tokenizer on a page never seen",
            "compiled by C2; the agent runs with C1 alone, for its memory: measure that with"
                + " TOKENWATT_JAVA_OPTS=-XX:TieredStopAtLevel=1"));
  }

  private List<Figure> run(Kind kind, Plan plan, PrintWriter err) throws Exception {
    Pages pages = Pages.of(kind.page());
    pages.check();
    int passes = plan.quick() ? 500 : 4_000;
    for (int i = 0; i < (plan.quick() ? 2 : 4); i++) {
      pages.values(passes);
      pages.tokenizer(passes / 10);
      pages.reading(passes / 4);
    }
    List<Double> values = new ArrayList<>();
    List<Double> reading = new ArrayList<>();
    List<Double> tokenizer = new ArrayList<>();
    List<Double> theirs = new ArrayList<>();
    Optional<Path> program = Peers.find("victoria-metrics");
    try (Import peer = program.isPresent() ? Import.start(program.get()) : null) {
      if (peer != null) {
        peer.nanosPerSample(pages, passes / 8);
      }
      for (int round = 0; round < plan.rounds(); round++) {
        values.add(pages.values(passes));
        if (peer != null) {
          theirs.add(peer.nanosPerSample(pages, passes / 8));
        }
        reading.add(pages.reading(passes));
        tokenizer.add(pages.tokenizer(passes / 10));
        err.printf("%s: round %d of %d%n", kind.name(), round + 1, plan.rounds());
        err.flush();
      }
    }
    Figure steady =
        Figure.of(kind.name() + ": steady", "ns", Spread.of(values)).goal(Goal.atMost(40));
    double bytesPerSample = pages.bytesPerSample();
    List<Double> speed = tokenizer.stream().map(ns -> bytesPerSample / ns).toList();
    return List.of(
        program.isPresent()
            ? steady.against(PEER, Spread.of(theirs))
            : steady.withoutPeer(PEER, Peers.absent("victoria-metrics")),
        Figure.of(kind.name() + ": steady, to readings in our units", "ns", Spread.of(reading)),
        Figure.of(kind.name() + ": first contact", "ns", Spread.of(tokenizer)),
        Figure.of(kind.name() + ": first contact", "GB/s", Spread.of(speed)).goal(Goal.atLeast(1)));
  }
}
