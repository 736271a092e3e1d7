package io.tokenwatt.quickstart.bench.store;

import io.tokenwatt.embedded.ClickHouseOptions;
import io.tokenwatt.embedded.EmbeddedClickHouse;
import io.tokenwatt.model.GpuMeasure;
import io.tokenwatt.model.fact.GpuRow;
import io.tokenwatt.quickstart.bench.Benchmark;
import io.tokenwatt.quickstart.bench.Peers;
import io.tokenwatt.quickstart.bench.ProcessMeter;
import io.tokenwatt.quickstart.bench.report.Figure;
import io.tokenwatt.quickstart.bench.report.Goal;
import io.tokenwatt.quickstart.bench.report.Outcome;
import io.tokenwatt.quickstart.bench.report.Spread;
import io.tokenwatt.storage.FactWriter;
import io.tokenwatt.storage.StoreConfig;
import io.tokenwatt.storage.schema.Schema;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code bench store}. */
public final class StoreBench implements Benchmark {
  private static final long SEED = 20_261_122;
  private static final String PEER = "victoria-metrics 1.79";
  private static final int BATCH = 20_000;

  @Override
  public String name() {
    return "store";
  }

  @Override
  public String title() {
    return "Store: bytes on disk per value after merges, and the cost of inserting a row";
  }

  @Override
  public int minutes() {
    return 5;
  }

  @Override
  public Outcome run(Plan plan, PrintWriter err) throws Exception {
    int nodes = 4;
    int seconds = plan.quick() ? 600 : 3_600;
    SimulatedRows rows =
        SimulatedRows.of(
            nodes,
            seconds,
            SEED,
            done -> {
              if (done % 600 == 599) {
                err.printf("simulated %d of %d s of %d nodes%n", done + 1, seconds, nodes);
                err.flush();
              }
            });
    List<Figure> figures = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    try (EmbeddedClickHouse engine = EmbeddedClickHouse.start(ClickHouseOptions.throwaway())) {
      StoreConfig config = StoreConfig.of(engine.httpUrl());
      Schema.apply(config);
      try (Tables tables = new Tables(config);
          FactWriter writer = new FactWriter(config)) {
        tables.command("SYSTEM STOP VIEWS");
        inserts(plan, rows.gpus, writer, tables, engine, figures);
        writer.writeEngines(rows.engines);
        writer.writeNodes(rows.nodes);
        writer.writeIntake(rows.intake);
        check(rows.gpus, tables);
        sizes(tables, rows.gpus, figures, notes, err);
      }
    }
    notes.add(
        "%d nodes of 8 boards, %d s, a sample a second: physics, exporters' pages, the agent's readers, the job's meter; %d rows of gpu_10s"
            .formatted(nodes, seconds, rows.gpus.size()));
    notes.add(
        "bytes: all of a table's parts after OPTIMIZE FINAL, with keys, marks and indexes; a value is one Int64 measure of one row");
    notes.add("the sums of every measure of gpu_10s after the merge equal those of the rows sent");
    return new Outcome(figures, notes);
  }

  private static void inserts(
      Plan plan,
      List<GpuRow> gpus,
      FactWriter writer,
      Tables tables,
      EmbeddedClickHouse engine,
      List<Figure> figures)
      throws IOException, InterruptedException {
    List<Double> client = new ArrayList<>();
    List<Double> server = new ArrayList<>();
    ProcessMeter meter = new ProcessMeter(engine.pid());
    for (int round = 0; round < plan.rounds(); round++) {
      tables.command("TRUNCATE TABLE tokenwatt.gpu_10s");
      double before = meter.cpuSeconds();
      long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      for (int from = 0; from < gpus.size(); from += BATCH) {
        writer.writeGpus(gpus.subList(from, Math.min(gpus.size(), from + BATCH)));
      }
      client.add(
          (double) (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu)
              / gpus.size());
      server.add((meter.cpuSeconds() - before) * 1e9 / gpus.size());
    }
    figures.add(
        Figure.of("insert into gpu_10s: CPU of the writer per row", "ns", Spread.of(client)));
    RawInsert raw = new RawInsert(engine.httpUrl(), engine.pid());
    tables.command("CREATE TABLE tokenwatt.gpu_copy AS tokenwatt.gpu_10s");
    List<Double> json = new ArrayList<>();
    byte[] rows = raw.rows("tokenwatt.gpu_10s", "JSONEachRow");
    for (int round = 0; round < plan.rounds(); round++) {
      tables.command("TRUNCATE TABLE tokenwatt.gpu_copy");
      json.add(raw.insert("tokenwatt.gpu_copy", "JSONEachRow", rows) * 1e9 / gpus.size());
    }
    tables.command("DROP TABLE tokenwatt.gpu_copy");
    figures.add(
        Figure.of("… CPU of the engine per row, RowBinary", "ns", Spread.of(server))
            .against("JSONEachRow, one insert", Spread.of(json)));
  }

  /** Merged, the table holds the last version of each window, and nothing else. */
  private static void check(List<GpuRow> gpus, Tables tables) {
    for (GpuMeasure measure : GpuMeasure.values()) {
      long expected =
          LastVersions.of(gpus).stream().mapToLong(r -> r.amounts()[measure.ordinal()]).sum();
      long found =
          tables.number("SELECT sum(%s) FROM tokenwatt.gpu_10s FINAL".formatted(measure.column()));
      if (expected != found) {
        throw new IllegalStateException(
            "WRONG RESULT: %s of gpu_10s is %d, expected %d"
                .formatted(measure.column(), found, expected));
      }
    }
  }

  private static void sizes(
      Tables tables, List<GpuRow> gpus, List<Figure> figures, List<String> notes, PrintWriter err)
      throws IOException, InterruptedException {
    for (String table : List.of("gpu_10s", "engine_10s", "node_10s")) {
      Tables.Size size = tables.merged(table);
      boolean goal = table.equals("gpu_10s");
      Figure figure =
          Figure.of(table + ", bytes per value", "B", Spread.of(size.bytesPerValue()))
              .goal(goal ? Goal.atMost(1.1) : Goal.NONE);
      figures.add(goal ? beside(figure, gpus) : figure);
      notes.add(
          "%s: %,d rows of %d measures, %.1f bytes a row; the largest (bytes a row; a small part does not tell): %s"
              .formatted(
                  table,
                  size.rows(),
                  size.measures(),
                  (double) size.bytes() / size.rows(),
                  String.join(", ", tables.largest(table, size.rows(), 8))));
      err.printf("%s: %.3f bytes per value%n", table, size.bytesPerValue());
      err.flush();
    }
  }

  private static Figure beside(Figure figure, List<GpuRow> gpus)
      throws IOException, InterruptedException {
    Optional<Path> program = Peers.find("victoria-metrics");
    return program.isEmpty()
        ? figure.withoutPeer(PEER, Peers.absent("victoria-metrics"))
        : figure.against(
            PEER, Spread.of(TimeSeries.bytesPerSample(LastVersions.of(gpus), program.get())));
  }
}
