package io.tokenwatt.jobs.node;

import io.tokenwatt.jobs.attribution.Holder;
import io.tokenwatt.jobs.attribution.MigProfile;
import io.tokenwatt.model.CellMeasure;
import io.tokenwatt.model.GpuMeasure;
import io.tokenwatt.model.proto.GpuMetric;
import java.util.List;

/**
 * Gauges of MIG instances (of the board, where it is not divided) as value x time. The board's mean
 * is the instances' by slice size; a cell's is its own instances'.
 */
final class InstanceGauges {
  private record Gauge(
      GpuMetric metric,
      GpuMeasure ms,
      GpuMeasure value,
      CellMeasure cellMs,
      CellMeasure cellValue) {}

  private static final List<Gauge> GAUGES =
      List.of(
          new Gauge(
              GpuMetric.GPU_GR_ENGINE_ACTIVE_PPM,
              GpuMeasure.GR_ACTIVE_OBSERVED_MS,
              GpuMeasure.GR_ACTIVE_PPM_MS,
              CellMeasure.GR_ACTIVE_OBSERVED_MS,
              CellMeasure.GR_ACTIVE_PPM_MS),
          new Gauge(
              GpuMetric.GPU_SM_ACTIVE_PPM,
              GpuMeasure.SM_ACTIVE_OBSERVED_MS,
              GpuMeasure.SM_ACTIVE_PPM_MS,
              CellMeasure.SM_ACTIVE_OBSERVED_MS,
              CellMeasure.SM_ACTIVE_PPM_MS),
          new Gauge(
              GpuMetric.GPU_TENSOR_ACTIVE_PPM,
              GpuMeasure.TENSOR_ACTIVE_OBSERVED_MS,
              GpuMeasure.TENSOR_ACTIVE_PPM_MS,
              CellMeasure.TENSOR_ACTIVE_OBSERVED_MS,
              CellMeasure.TENSOR_ACTIVE_PPM_MS),
          new Gauge(
              GpuMetric.GPU_DRAM_ACTIVE_PPM,
              GpuMeasure.DRAM_ACTIVE_OBSERVED_MS,
              GpuMeasure.DRAM_ACTIVE_PPM_MS,
              CellMeasure.DRAM_ACTIVE_OBSERVED_MS,
              CellMeasure.DRAM_ACTIVE_PPM_MS));

  private final WindowBook book;
  private final Naming naming;
  private final Owners owners;

  InstanceGauges(WindowBook book, Naming naming, Owners owners) {
    this.book = book;
    this.naming = naming;
    this.owners = owners;
  }

  void read(NodeState.Board board, BoardReading reading, Interval since) {
    int slices = reading.holders().stream().mapToInt(r -> MigProfile.slices(r.profile())).sum();
    for (BoardReading.Row row : reading.holders()) {
      for (Gauge gauge : GAUGES) {
        long value = row.value(gauge.metric);
        if (value != BoardReading.ABSENT) {
          instance(board, row, gauge, value, slices, since);
        }
      }
    }
    memory(board, reading, since);
  }

  private void instance(
      NodeState.Board board,
      BoardReading.Row row,
      Gauge gauge,
      long value,
      int slices,
      Interval since) {
    int own = MigProfile.slices(row.profile());
    long peak = naming.peakMegabytesPerSecond(board.hardware);
    boolean hbm = gauge.metric == GpuMetric.GPU_DRAM_ACTIVE_PPM && peak > 0;
    List<Holder> cells = cells(board, row);
    since.perWindow(
        (window, from, to) -> {
          long ms = to - from;
          // An instance counts for its slices' part of the board's time.
          long part = ms * own / slices;
          // ppm x MB/s x ms / 10^6 = kB; an instance has its slices' part of the bandwidth, at most
          // the board's.
          long kilobytes = hbm ? value * (peak * part / 1000) / 1000 : 0;
          long[] gpu = book.gpu(window, board.gpu).amounts;
          gpu[gauge.ms.ordinal()] += part;
          gpu[gauge.value.ordinal()] += value * part;
          if (hbm) {
            gpu[GpuMeasure.HBM_OBSERVED_MS.ordinal()] += part;
            gpu[GpuMeasure.HBM_KB.ordinal()] += kilobytes;
          }
          for (Holder name : cells) {
            long[] cell = book.cell(window, name).amounts;
            cell[gauge.cellMs.ordinal()] += part / cells.size();
            cell[gauge.cellValue.ordinal()] += value * (part / cells.size());
            if (hbm) {
              cell[CellMeasure.HBM_OBSERVED_MS.ordinal()] += part / cells.size();
              cell[CellMeasure.HBM_KB.ordinal()] += kilobytes / cells.size();
            }
          }
        });
  }

  private List<Holder> cells(NodeState.Board board, BoardReading.Row row) {
    List<Owners.Owner> holders = owners.ofRow(row.number());
    if (holders.isEmpty()) {
      return List.of(Holder.of(owners.unallocated(board.hardware)));
    }
    return holders.stream()
        .flatMap(o -> owners.models(o).stream().map(m -> owners.cell(o, m, board.hardware)))
        .toList();
  }

  private void memory(NodeState.Board board, BoardReading reading, Interval since) {
    long used = 0;
    for (BoardReading.Row row : reading.holders()) {
      long kib = row.value(GpuMetric.GPU_MEMORY_USED_KIB);
      if (kib == BoardReading.ABSENT) {
        return;
      }
      used += kib;
    }
    long mib = used / 1024;
    since.perWindow(
        (window, from, to) -> {
          long ms = to - from;
          long[] gpu = book.gpu(window, board.gpu).amounts;
          gpu[GpuMeasure.MEMORY_OBSERVED_MS.ordinal()] += ms;
          gpu[GpuMeasure.MEMORY_USED_MIB_MS.ordinal()] += mib * ms;
        });
  }
}
