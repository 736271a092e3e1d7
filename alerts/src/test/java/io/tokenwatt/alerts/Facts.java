package io.tokenwatt.alerts;

import io.tokenwatt.model.Cell;
import io.tokenwatt.model.CellMeasure;
import io.tokenwatt.model.GpuMeasure;
import io.tokenwatt.model.Window;
import io.tokenwatt.model.fact.CellRow;
import io.tokenwatt.model.fact.GpuRow;
import io.tokenwatt.model.fact.IntakeRow;
import io.tokenwatt.model.fact.Place;
import io.tokenwatt.storage.FactWriter;
import io.tokenwatt.storage.LoadPrices;
import io.tokenwatt.storage.Price;
import io.tokenwatt.storage.Reject;
import io.tokenwatt.storage.StoreConfig;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/** Writes rows of windows counted back from NOW's newest settled one. */
final class Facts implements AutoCloseable {
  /** On a window's border, so that the newest settled window ends exactly 30 s before. */
  static final Instant NOW = Instant.ofEpochMilli(Window.startOf(System.currentTimeMillis()));

  private static final long TO_MS = NOW.minus(Timing.SETTLE).toEpochMilli();

  private final StoreConfig config;
  private final FactWriter writer;

  Facts(StoreConfig config) {
    this.config = config;
    this.writer = new FactWriter(config);
  }

  /** Records of one outcome in the window that ends {@code agoS} before the newest settled end. */
  Facts intake(String node, String outcome, long records, long agoS, long version) {
    Place place = new Place(node, "eu", "z1", "c1", "s1", "r1");
    writer.writeIntake(List.of(new IntakeRow(start(agoS), place, outcome, records, version)));
    return this;
  }

  /** A record that was kept aside in the middle of that window. */
  Facts reject(String node, String reason, String detail, long agoS) {
    long at = start(agoS) + Window.SIZE_MS / 2;
    writer.writeRejects(
        List.of(new Reject(at, "t", 0, agoS, node, reason, detail, 1, new byte[1])));
    return this;
  }

  Facts cell(long agoS, Map<CellMeasure, Long> measures) {
    long[] amounts = new long[CellMeasure.values().length];
    measures.forEach((measure, amount) -> amounts[measure.ordinal()] = amount);
    Cell cell =
        new Cell(
            "eu",
            "c1",
            "cloud",
            "acme",
            "spot",
            "H100",
            "llama",
            "",
            "chat",
            "",
            "",
            "vllm",
            "both",
            "generate",
            "inference");
    writer.writeCells(
        List.of(new CellRow(start(agoS), cell, amounts, 0, 0, 1, "config", -1, 0, 1)));
    return this;
  }

  Facts board(String gpu, long periodMs, long agoS) {
    writer.writeGpus(
        List.of(
            new GpuRow(
                start(agoS),
                new Place("n1", "eu", "z1", "c1", "s1", "r1"),
                gpu,
                0,
                "H100",
                "575",
                "chat",
                "busy",
                0,
                0,
                new long[GpuMeasure.values().length],
                0,
                periodMs,
                1)));
    return this;
  }

  Facts price() {
    Instant from = NOW.truncatedTo(ChronoUnit.HOURS).minus(2, ChronoUnit.HOURS);
    LoadPrices.load(
        config,
        List.of(new Price("acme", "eu", "H100", "spot", from, BigDecimal.ONE, true, "made up")),
        1);
    return this;
  }

  /** Start of that window as ClickHouse writes it. */
  static String startText(long agoS) {
    String iso = Instant.ofEpochMilli(start(agoS)).toString();
    return iso.replace('T', ' ').replace("Z", "");
  }

  private static long start(long agoS) {
    return TO_MS - agoS * 1000 - Window.SIZE_MS;
  }

  @Override
  public void close() {
    writer.close();
  }
}
