package io.tokenwatt.storage;

import io.tokenwatt.model.Cell;
import io.tokenwatt.model.CellMeasure;
import io.tokenwatt.model.EngineMeasure;
import io.tokenwatt.model.GpuMeasure;
import io.tokenwatt.model.NodeMeasure;
import io.tokenwatt.model.Window;
import io.tokenwatt.model.fact.CellRow;
import io.tokenwatt.model.fact.EngineRow;
import io.tokenwatt.model.fact.GpuRow;
import io.tokenwatt.model.fact.IntakeRow;
import io.tokenwatt.model.fact.LatencyRow;
import io.tokenwatt.model.fact.NodeRow;
import io.tokenwatt.model.fact.Place;
import java.util.List;
import java.util.Random;

/** Facts with every amount different, so that a column in the wrong place shows. */
final class RandomRows {
  private final Random random;

  RandomRows(long seed) {
    System.out.println("RandomRows seed " + seed);
    random = new Random(seed);
  }

  static Cell cell(String region, String hardware, String model) {
    return new Cell(
        region,
        "c1",
        "cloud",
        "acme",
        "on_demand",
        hardware,
        model,
        "fp8",
        "chat",
        "team-a",
        "d1",
        "vllm",
        "both",
        "generate",
        "inference");
  }

  /** A cell by the values of its columns. */
  static Cell cell(List<String> v) {
    return new Cell(
        v.get(0), v.get(1), v.get(2), v.get(3), v.get(4), v.get(5), v.get(6), v.get(7), v.get(8),
        v.get(9), v.get(10), v.get(11), v.get(12), v.get(13), v.get(14));
  }

  CellRow cellRow(long windowStartMs, Cell cell, long version) {
    return new CellRow(
        windowStartMs,
        cell,
        amounts(CellMeasure.values().length),
        random.nextInt(1 << 12),
        random.nextInt(10_000),
        random.nextInt(100),
        "exclusive",
        random.nextInt(1_000_000),
        random.nextInt(10),
        version);
  }

  LatencyRow latencyRow(long windowStartMs, Cell cell, long version) {
    long[] bounds = {1_000_000, 10_000_000, 100_000_000, 1_000_000_000};
    return new LatencyRow(
        windowStartMs, cell, "engine", "ttft", -7, bounds, amounts(5), random.nextInt(), version);
  }

  GpuRow gpuRow(long windowStartMs, String gpu, long version) {
    return new GpuRow(
        windowStartMs,
        place(),
        gpu,
        random.nextInt(8),
        "H100-SXM",
        "570.1",
        "chat",
        "busy",
        random.nextLong(),
        random.nextInt(),
        amounts(GpuMeasure.values().length),
        random.nextInt(1 << 12),
        random.nextInt(),
        version);
  }

  EngineRow engineRow(long windowStartMs, String instance, long version) {
    return new EngineRow(
        windowStartMs,
        place(),
        instance,
        "vllm",
        "llama",
        "chat",
        "d1",
        "both",
        amounts(EngineMeasure.values().length),
        random.nextInt(1 << 12),
        version);
  }

  NodeRow nodeRow(long windowStartMs, long version) {
    return new NodeRow(
        windowStartMs,
        place(),
        amounts(NodeMeasure.values().length),
        random.nextInt(1 << 12),
        random.nextInt(),
        version);
  }

  IntakeRow intakeRow(long windowStartMs, String outcome, long version) {
    return new IntakeRow(windowStartMs, place(), outcome, random.nextInt(100), version);
  }

  static Place place() {
    return new Place("node-ä", "eu", "eu-1", "c1", "s1", "r1");
  }

  /** Start of the window {@code n} windows before the present one. */
  static long window(long nowMs, int n) {
    return Window.startOf(nowMs) - n * Window.SIZE_MS;
  }

  private long[] amounts(int n) {
    return random.longs(n, 0, 1L << 40).toArray();
  }
}
