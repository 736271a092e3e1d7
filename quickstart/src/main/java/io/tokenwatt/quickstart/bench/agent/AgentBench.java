package io.tokenwatt.quickstart.bench.agent;

import io.tokenwatt.quickstart.bench.Benchmark;
import io.tokenwatt.quickstart.bench.Peers;
import io.tokenwatt.quickstart.bench.ProcessMeter;
import io.tokenwatt.quickstart.bench.report.Figure;
import io.tokenwatt.quickstart.bench.report.Goal;
import io.tokenwatt.quickstart.bench.report.Outcome;
import io.tokenwatt.quickstart.bench.report.Spread;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** {@code bench agent}. */
public final class AgentBench implements Benchmark {
  private static final String PEER = "vmagent 1.79";

  @Override
  public String name() {
    return "agent";
  }

  @Override
  public String title() {
    return "The agent with Kafka output beside vmagent with remote write, each target once a second";
  }

  @Override
  public int minutes() {
    return 8;
  }

  @Override
  public Outcome run(Plan plan, PrintWriter err) throws Exception {
    List<Figure> figures = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    for (Setup setup : List.of(Setup.FLEET, Setup.NODE)) {
      run(setup, plan, err, figures, notes);
    }
    notes.add(
        "CPU: user + system of the whole process from /proc/PID/stat, side by side in each round");
    notes.add("every record in Kafka was read back and held against the pages: all right");
    return new Outcome(figures, notes);
  }

  private void run(
      Setup setup, Plan plan, PrintWriter err, List<Figure> figures, List<String> notes)
      throws Exception {
    Path folder = Files.createTempDirectory("tokenwatt-bench");
    try (Sides sides = new Sides(setup, folder)) {
      err.printf("%s: %d targets, warming up%n", setup.name(), setup.targets());
      err.flush();
      pause(plan.quick() ? 15 : 60);
      List<Round> rounds = new ArrayList<>();
      List<Double> oursRss = new ArrayList<>();
      List<Double> theirsRss = new ArrayList<>();
      Round.Mark mark = Round.Mark.of(sides);
      for (int i = 0; i < plan.rounds(); i++) {
        pause(plan.quick() ? 5 : setup.nodes() > 1 ? 12 : 24);
        Round.Mark next = Round.Mark.of(sides);
        Round round = mark.until(next);
        round.requireComplete(setup, sides.theirs().isPresent());
        rounds.add(round);
        mark = next;
        oursRss.add(new ProcessMeter(sides.ours().pid()).rssMib());
        if (sides.theirs().isPresent()) {
          theirsRss.add(new ProcessMeter(sides.theirs().get().pid()).rssMib());
        }
        err.printf("%s: %s%n", setup.name(), round);
        err.flush();
      }
      double peak = new ProcessMeter(sides.ours().pid()).peakRssMib();
      sides.stopOurs();
      long records = RecordOracle.check(setup, sides.kafka().bootstrapServers());
      figures.addAll(figures(setup, rounds, oursRss, theirsRss, peak));
      notes.add(
          "%s: %d targets, %d series, %d records checked; the exporters themselves took %.3f cores"
              .formatted(
                  setup.name(),
                  setup.targets(),
                  setup.series(),
                  records,
                  rounds.stream().mapToDouble(r -> r.loadCpu() / r.seconds()).average().orElse(0)));
    }
  }

  private static List<Figure> figures(
      Setup setup, List<Round> rounds, List<Double> oursRss, List<Double> theirsRss, double peak) {
    boolean fleet = setup.nodes() > 1;
    String name = setup.name() + ": ";
    Figure cpu =
        Figure.of(name + "CPU per sample", "ns", spread(rounds, Round::oursNanosPerSample))
            .goal(Goal.ratioAtMost(fleet ? 0.1 : 0.2));
    Figure cores = Figure.of(name + "cores", "", spread(rounds, r -> r.oursCpu() / r.seconds()));
    Figure rss =
        Figure.of(name + "resident memory", "MiB", Spread.of(oursRss))
            .goal(fleet ? Goal.NONE : Goal.atMost(96))
            .remark("highest since its start: %.0f MiB".formatted(peak));
    if (theirsRss.isEmpty()) {
      return List.of(cpu.withoutPeer(PEER, Peers.absent("vmagent")), cores, rss);
    }
    return List.of(
        cpu.against(PEER, spread(rounds, Round::theirsNanosPerSample)),
        cores.against(PEER, spread(rounds, r -> r.theirsCpu() / r.seconds())),
        rss.against(PEER, Spread.of(theirsRss)));
  }

  private static void pause(int seconds) throws InterruptedException {
    Thread.sleep(Duration.ofSeconds(seconds).toMillis());
  }

  private static Spread spread(List<Round> rounds, ToDoubleFunction<Round> of) {
    return Spread.of(rounds.stream().mapToDouble(of).boxed().toList());
  }
}
