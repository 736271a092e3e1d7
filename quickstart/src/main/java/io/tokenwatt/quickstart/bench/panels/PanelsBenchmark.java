package io.tokenwatt.quickstart.bench.panels;

import io.tokenwatt.embedded.ClickHouseOptions;
import io.tokenwatt.embedded.EmbeddedClickHouse;
import io.tokenwatt.quickstart.bench.Benchmark;
import io.tokenwatt.quickstart.bench.report.Outcome;
import io.tokenwatt.storage.StoreConfig;
import io.tokenwatt.storage.schema.Schema;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** How long the engine takes for each panel's query on a large fleet's rollups. */
public final class PanelsBenchmark implements Benchmark {
  private static final String DATABASE = "tokenwatt";
  private static final long MEMORY_BYTES = 6L << 30;

  @Override
  public String name() {
    return "panels";
  }

  @Override
  public String title() {
    return "Panels: engine time on the rollups of 100,000 GPUs";
  }

  @Override
  public int minutes() {
    return 12;
  }

  @Override
  public Outcome run(Plan plan, PrintWriter err) throws Exception {
    try (EmbeddedClickHouse clickHouse =
        EmbeddedClickHouse.start(ClickHouseOptions.throwaway().withMemory(MEMORY_BYTES))) {
      Schema.apply(new StoreConfig(clickHouse.httpUrl(), "default", "", DATABASE));
      Engine engine = new Engine(clickHouse.httpUrl(), DATABASE, clickHouse.pid());
      engine.run("SYSTEM STOP VIEWS");
      Instant now = Instant.now();
      new Fill(engine, DATABASE, plan.quick(), now, err).run();
      List<PanelQuery> queries = new ArrayList<>();
      for (PanelScope scope : PanelScope.values()) {
        queries.addAll(new Questions(now).of(scope));
      }
      return new Outcome(
          new PanelTimes(engine, queries, err).measure(plan.rounds()), Notes.of(plan.quick()));
    }
  }
}
