package io.tokenwatt.quickstart.bench.jobs;

import io.tokenwatt.quickstart.bench.report.Figure;
import io.tokenwatt.quickstart.bench.report.Goal;
import io.tokenwatt.quickstart.bench.report.Outcome;
import io.tokenwatt.quickstart.bench.report.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;

/** Collects what the parts of {@code bench jobs} found. Not thread-safe. */
final class JobsTable {
  private static final int GOAL_NODES = 12_500;

  private final List<Figure> figures = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final TreeSet<Integer> sustained = new TreeSet<>();
  private long checked;
  private int outages;

  void step(Stretch stretch) {
    if (stretch.sustained()) {
      sustained.add(stretch.nodes());
    }
    notes.add("step: " + stretch);
  }

  void steady(Stretch s) {
    String fleet = "%,d nodes".formatted(s.nodes());
    lag(fleet + ": lag from append to processed, p50", s.lag().at(0.5), Goal.NONE);
    lag(fleet + ": lag, p99", s.lag().at(0.99), Goal.atMost(Stretch.MOST_LAG_SECONDS));
    ns(fleet + ": job, CPU per sample", s, s.jobCpu());
    ns(fleet + ": broker", s, s.brokerCpu());
    ns(fleet + ": store", s, s.storeCpu());
    ns(fleet + ": load (not ours to count)", s, s.loadCpu());
    cores(fleet + ": job", s.jobCpu() / s.seconds());
    cores(
        fleet + ": job, broker and store",
        (s.jobCpu() + s.brokerCpu() + s.storeCpu()) / s.seconds());
    figures.add(Figure.of(fleet + ": job, resident", "MiB", Spread.of(s.rssMib())));
    figures.add(Figure.of("checkpoint, size", "MB", Spread.of(s.checkpoints().bytes() / 1e6)));
    figures.add(
        Figure.of("checkpoint, duration", "ms", Spread.of((double) s.checkpoints().millis())));
    figures.add(
        Figure.of("checkpoint, longest", "ms", Spread.of((double) s.checkpoints().worstMillis())));
    if (s.checkpoints().failed() > 0) {
      notes.add("checkpoints that failed: " + s.checkpoints().failed());
    }
    if (s.sustained()) {
      sustained.add(s.nodes());
    } else {
      sustained.remove(s.nodes());
      notes.add("NOT sustained by the criterion in the steady part: " + s);
    }
    figures.add(
        Figure.of(
            "one core's worth of the job's CPU is",
            "boards",
            Spread.of(s.nodes() * (double) LoadPlan.BOARDS * s.seconds() / s.jobCpu())));
  }

  void withoutRegressions(Stretch s) {
    ns("without RegressionJob: job, CPU per sample", s, s.jobCpu());
    lag("without RegressionJob: lag, p99", s.lag().at(0.99), Goal.NONE);
  }

  void caughtUp(Optional<Outage> caughtUp, int cores) {
    String who = cores == 1 ? "one core, half the fleet" : cores + " cores";
    Goal goal = outages++ == 0 ? Goal.atLeast(5) : Goal.NONE;
    if (caughtUp.isEmpty()) {
      figures.add(
          Figure.unmeasured(who + ": catching up, times real time", "", "it did not catch up")
              .goal(goal));
      return;
    }
    Outage outage = caughtUp.get();
    figures.add(
        Figure.of(who + ": catching up, times real time", "", Spread.of(outage.rate())).goal(goal));
    notes.add(
        "%s: %.0f s of the fleet in %.1f s, %.1f s of the job's CPU"
            .formatted(who, outage.backlogSeconds(), outage.seconds(), outage.cpu()));
  }

  void checked(OptionalLong records) {
    checked += records.orElse(0);
    if (records.isEmpty()) {
      notes.add("NOT compared: three minutes after the load's end the job was still behind");
    }
  }

  void profile(List<String> lines) {
    notes.addAll(lines);
  }

  Outcome outcome(int outage) {
    int largest = sustained.isEmpty() ? 0 : sustained.last();
    List<Figure> all = new ArrayList<>();
    all.add(
        Figure.of("largest fleet sustained", "nodes", Spread.of(largest))
            .goal(Goal.atLeast(GOAL_NODES))
            .remark("%,d boards; tried: see the steps".formatted(largest * LoadPlan.BOARDS)));
    all.addAll(figures);
    notes.add(
        "%,d records: every cell and window of efficiency_10s, energy of gpu_10s and the counts of intake_10s equal an independent computation"
            .formatted(checked));
    notes.add(
        "a record carries %d values; CPU per sample counts %d, 30 a board; CPU is user + system of /proc/PID/stat"
            .formatted(LoadRecord.VALUES, LoadPlan.SAMPLES_PER_RECORD));
    notes.add(
        "lag: now minus the record time up to which stage 2 has seen everything, read about twice a second (which is itself some of the CPU); sustained = p99 < 2 s and 90 % of the load was sent");
    notes.add(
        "the load is one producer with batches (zstd), where a fleet has one batch per record; outage of %d s"
            .formatted(outage));
    return new Outcome(all, notes);
  }

  private void lag(String what, double seconds, Goal goal) {
    figures.add(Figure.of(what, "s", Spread.of(seconds)).goal(goal));
  }

  private void ns(String what, Stretch s, double cpu) {
    figures.add(Figure.of(what, "ns", Spread.of(s.nanosPerSample(cpu))));
  }

  private void cores(String what, double cores) {
    figures.add(Figure.of(what, "cores", Spread.of(cores)));
  }
}
