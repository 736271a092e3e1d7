package io.tokenwatt.quickstart.bench.jobs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** What {@code bench jobs} understands besides what all benchmarks do. */
final class JobsOptions {
  @Option(
      names = "--nodes",
      split = ",",
      paramLabel = "N",
      description = "Fleets to try, each larger than the one before; 8 boards each.")
  List<Integer> nodes = new ArrayList<>();

  @Option(names = "--minutes", description = "Of the sustained fleet; 10 for a figure to judge.")
  double minutes;

  @Option(
      names = "--outage",
      paramLabel = "SECONDS",
      description = "How long the job is away before it has to catch up.")
  int outage;

  @Option(
      names = "--heap",
      defaultValue = "4g",
      description = "Of the job's JVM. Default: ${DEFAULT-VALUE}")
  String heap;

  @Option(
      names = "--checkpoints",
      paramLabel = "DURATION",
      defaultValue = "",
      description = "checkpoint_interval of the jobs; default: theirs.")
  String checkpoints;

  @Option(
      names = "--profile",
      paramLabel = "FILE",
      description = "Flight Recorder in the job; says where its time goes. Costs a little itself.")
  Path profile;

  @Option(
      names = "--only",
      description = "The sustained fleet alone: no smaller ones, no one core, no outage.")
  boolean only;

  List<Integer> nodes(boolean quick) {
    if (!nodes.isEmpty()) {
      return nodes.stream().sorted().toList();
    }
    return quick ? List.of(20, 60) : List.of(1_000, 2_500, 5_000, 12_500, 25_000);
  }

  double seconds(boolean quick) {
    return minutes > 0 ? minutes * 60 : quick ? 20 : 60;
  }

  int outage(boolean quick) {
    return outage > 0 ? outage : quick ? 10 : 60;
  }
}
