package io.tokenwatt.quickstart.bench.jobs;

import io.tokenwatt.quickstart.bench.Benchmark;
import io.tokenwatt.quickstart.bench.report.Outcome;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** {@code bench jobs}. */
public final class JobsBenchmark implements Benchmark {
  private static final int CORES = 2;

  private final JobsOptions options = new JobsOptions();

  @Override
  public String name() {
    return "jobs";
  }

  @Override
  public String title() {
    return "Jobs: a fleet of 8 boards a node, once a second, through Kafka and the jobs to ClickHouse";
  }

  @Override
  public int minutes() {
    return 13;
  }

  @Override
  public Optional<Object> options() {
    return Optional.of(options);
  }

  @Override
  public Outcome run(Plan plan, PrintWriter err) throws Exception {
    Path folder = Files.createTempDirectory("tokenwatt-bench-jobs");
    Run run = new Run(plan.quick(), folder, err);
    JobsTable table = new JobsTable();
    List<Integer> fleets = options.nodes(plan.quick());
    // Where none is sustained the smallest is measured all the same, and said not to be.
    int sustained = options.only ? fleets.get(fleets.size() - 1) : run.ramp(fleets, table);
    run.steady(sustained, table);
    if (!options.only) {
      run.withoutRegressions(sustained, table);
      run.oneCore(sustained, table);
    }
    return table.outcome(options.outage(plan.quick()));
  }

  /** The parts of one run, each with a stand of its own, so that none bears what another left. */
  private final class Run {
    private final boolean quick;
    private final Path folder;
    private final PrintWriter err;

    Run(boolean quick, Path folder, PrintWriter err) {
      this.quick = quick;
      this.folder = folder;
      this.err = err;
    }

    /** Larger and larger fleets until one is too large; the largest that was not. */
    int ramp(List<Integer> fleets, JobsTable table) throws IOException, InterruptedException {
      int sustained = 0;
      try (JobStand stand = stand("ramp", CORES, true, null)) {
        for (int nodes : fleets) {
          stand.fleet(nodes);
          settle(stand);
          Stretch stretch = Stretch.of(stand, quick ? 5 : 30);
          say(stretch.toString());
          table.step(stretch);
          if (!stretch.sustained()) {
            break;
          }
          sustained = nodes;
        }
      }
      return sustained > 0 ? sustained : fleets.get(0);
    }

    void steady(int nodes, JobsTable table) throws IOException, InterruptedException {
      try (JobStand stand = stand("steady", CORES, true, options.profile)) {
        stand.fleet(nodes);
        settle(stand);
        Stretch stretch = Stretch.of(stand, options.seconds(quick));
        say("sustained: " + stretch);
        table.steady(stretch);
        if (!options.only) {
          Optional<Outage> outage = Outage.of(stand, options.outage(quick));
          say("two cores: " + Outage.text(outage));
          table.caughtUp(outage, CORES);
        }
        table.checked(stand.check());
      }
      if (options.profile != null) {
        table.profile(Profile.read(options.profile));
      }
    }

    void withoutRegressions(int nodes, JobsTable table) throws IOException, InterruptedException {
      try (JobStand stand = stand("alone", CORES, false, null)) {
        stand.fleet(nodes);
        settle(stand);
        Stretch stretch = Stretch.of(stand, quick ? 10 : 40);
        say("without RegressionJob: " + stretch);
        table.withoutRegressions(stretch);
        table.checked(stand.check());
      }
    }

    void oneCore(int nodes, JobsTable table) throws IOException, InterruptedException {
      // A core that must also catch up bears half of what two do.
      try (JobStand stand = stand("one", 1, true, null)) {
        stand.fleet(Math.max(1, nodes / 2));
        settle(stand);
        Optional<Outage> outage = Outage.of(stand, options.outage(quick));
        say("one core, half the fleet: " + Outage.text(outage));
        table.caughtUp(outage, 1);
        table.checked(stand.check());
      }
    }

    private JobStand stand(String name, int cores, boolean regressions, Path profile)
        throws IOException, InterruptedException {
      say(name + ": starting broker, store, load and job");
      return new JobStand(
          new JobStand.Setup(cores, regressions, options.heap, options.checkpoints, profile),
          folder.resolve(name));
    }

    /** Until something is processed, then until what is compiled at all is compiled. */
    private void settle(JobStand stand) throws IOException, InterruptedException {
      long deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
      while (Double.isNaN(stand.lagSeconds()) && System.nanoTime() < deadline) {
        Thread.sleep(100);
      }
      Thread.sleep(quick ? 10_000 : 25_000);
    }

    private void say(String text) {
      err.println("jobs: " + text);
      err.flush();
    }
  }
}
