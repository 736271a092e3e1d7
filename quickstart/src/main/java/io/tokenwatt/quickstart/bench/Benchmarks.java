package io.tokenwatt.quickstart.bench;

import io.tokenwatt.quickstart.bench.agent.AgentBench;
import io.tokenwatt.quickstart.bench.freshness.FreshnessBench;
import io.tokenwatt.quickstart.bench.jobs.JobsBenchmark;
import io.tokenwatt.quickstart.bench.panels.PanelsBenchmark;
import io.tokenwatt.quickstart.bench.parse.ParseBench;
import io.tokenwatt.quickstart.bench.store.StoreBench;
import io.tokenwatt.quickstart.bench.wire.WireBench;
import java.util.List;

/** What {@code bench} offers besides {@code detect}, in the order of {@code bench all}. */
final class Benchmarks {
  static final List<Benchmark> ALL =
      List.of(
          new ParseBench(),
          new WireBench(),
          new AgentBench(),
          new JobsBenchmark(),
          new StoreBench(),
          new FreshnessBench(),
          new PanelsBenchmark());

  private Benchmarks() {}
}
