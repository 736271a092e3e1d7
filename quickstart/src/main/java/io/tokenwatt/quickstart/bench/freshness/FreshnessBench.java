package io.tokenwatt.quickstart.bench.freshness;

import io.tokenwatt.model.Window;
import io.tokenwatt.quickstart.Progress;
import io.tokenwatt.quickstart.Quickstart;
import io.tokenwatt.quickstart.QuickstartOptions;
import io.tokenwatt.quickstart.bench.Benchmark;
import io.tokenwatt.quickstart.bench.report.Figure;
import io.tokenwatt.quickstart.bench.report.Goal;
import io.tokenwatt.quickstart.bench.report.Outcome;
import io.tokenwatt.quickstart.bench.report.Quantiles;
import io.tokenwatt.quickstart.bench.report.Spread;
import io.tokenwatt.quickstart.fleet.SimulatedNode;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code bench freshness}: the quickstart's own pipeline, watched from outside. */
public final class FreshnessBench implements Benchmark {
  private static final long SEED = 20_261_122;
  private static final double WINDOW_SECONDS = Window.SIZE_MS / 1e3;

  @Override
  public String name() {
    return "freshness";
  }

  @Override
  public String title() {
    return "Freshness: from a sample to its row with coverage ≥ 0.99, and from a regression to a page";
  }

  @Override
  public int minutes() {
    return 9;
  }

  @Override
  public Outcome run(Plan plan, PrintWriter err) throws Exception {
    Path data = Files.createTempDirectory("tokenwatt-bench-freshness");
    QuickstartOptions options =
        new QuickstartOptions(
            List.of(),
            Optional.empty(),
            Optional.empty(),
            0,
            Optional.empty(),
            SEED,
            Optional.empty(),
            false);
    List<Figure> figures = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    try (Quickstart quickstart =
        Quickstart.start(options, data, new Progress(System.err, System.nanoTime()))) {
      List<String> nodes =
          quickstart.fleet().orElseThrow().nodes().stream()
              .filter(node -> node.peculiarity().isEmpty())
              .map(SimulatedNode::name)
              .toList();
      Thread.sleep(
          Duration.ofSeconds(plan.quick() ? 20 : 40).toMillis()); // starting is not the rule
      Probe probe = new Probe().run(quickstart.store(), nodes, plan.quick() ? 30 : 120);
      rows(probe, nodes, figures, notes);
      err.printf("freshness: %d boards of %s watched%n", probe.arrivals().rows(), nodes);
      err.flush();
      Optional<Beside> beside =
          plan.quick() ? Optional.empty() : Optional.of(Beside.start(SEED, err));
      Pages pages = new Pages(quickstart, err);
      Figure page = regressions(pages.delays(plan.quick() ? 1 : 3), notes);
      figures.add(beside.isPresent() ? beside.get().beside(page, notes) : page);
    }
    return new Outcome(figures, notes);
  }

  private static void rows(
      Probe probe, List<String> nodes, List<Figure> figures, List<String> notes) {
    if (probe.arrivals().rows() == 0) {
      throw new IllegalStateException("no row of any board came");
    }
    Quantiles sample = probe.arrivals().afterSample(probe.firstWindowMs(), probe.endMs());
    Quantiles window = probe.arrivals().afterWindow(probe.firstWindowMs(), probe.endMs());
    figures.add(Figure.of("sample to row, p50", "s", Spread.of(sample.at(0.5))));
    figures.add(
        Figure.of("sample to row, p99", "s", Spread.of(sample.at(0.99)))
            .goal(Goal.atMost(WINDOW_SECONDS + 3)));
    figures.add(Figure.of("window's end to row, p50", "s", Spread.of(window.at(0.5))));
    figures.add(Figure.of("window's end to row, p99", "s", Spread.of(window.at(0.99))));
    notes.add(
        "%d rows of gpu_10s (%d windows of %d boards on %s), asked for ten times a second; a row counts once observed_ms ≥ %.2f expected_ms, one that never does counts as endless"
            .formatted(
                window.count(),
                window.count() / probe.arrivals().rows(),
                probe.arrivals().rows(),
                String.join(", ", nodes),
                Probe.COVERAGE));
    notes.add("the quickstart: 20 nodes, 47 exporters, agent, jobs and probe in one process");
  }

  private static Figure regressions(List<Double> delays, List<String> notes) {
    notes.add(
        "page: exporters, agent, Kafka, both jobs, ClickHouse, the shipped rule (from 10 USD/day), a receiver as PagerDuty's; a detector with the quickstart's short warm-up");
    return Figure.of("power cap to page, median of the regions", "s", Spread.of(delays))
        .goal(Goal.atMost(20))
        .remark("each: %s s".formatted(delays));
  }
}
