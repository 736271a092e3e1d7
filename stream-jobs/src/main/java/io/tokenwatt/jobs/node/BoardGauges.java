package io.tokenwatt.jobs.node;

import io.tokenwatt.jobs.attribution.Allocation;
import io.tokenwatt.model.CellMeasure;
import io.tokenwatt.model.GpuMeasure;
import io.tokenwatt.model.proto.GpuMetric;
import java.util.List;

/**
 * A board's gauges as value x time, so that means over any set of rows are ratios of sums; a
 * reading stands for the interval that it closes. Each gauge has its own observed time: absent is
 * unknown, never zero.
 */
final class BoardGauges {
  /**
   * Gauge, its observed-time columns and its value columns; cell columns null where only the
   * board's row keeps it.
   */
  private record Gauge(
      GpuMetric metric,
      GpuMeasure ms,
      GpuMeasure value,
      CellMeasure cellMs,
      CellMeasure cellValue) {}

  /** Properties of the board: repeated on every instance row. */
  private static final List<Gauge> BOARD =
      List.of(
          new Gauge(
              GpuMetric.GPU_POWER_MILLIWATTS,
              GpuMeasure.POWER_OBSERVED_MS,
              GpuMeasure.POWER_MW_MS,
              null,
              null),
          new Gauge(
              GpuMetric.GPU_POWER_LIMIT_MILLIWATTS,
              GpuMeasure.POWER_LIMIT_OBSERVED_MS,
              GpuMeasure.POWER_LIMIT_MW_MS,
              CellMeasure.POWER_LIMIT_OBSERVED_MS,
              CellMeasure.POWER_LIMIT_MW_MS),
          new Gauge(
              GpuMetric.GPU_UTIL_PPM,
              GpuMeasure.UTIL_OBSERVED_MS,
              GpuMeasure.UTIL_PPM_MS,
              null,
              null),
          new Gauge(
              GpuMetric.GPU_SM_CLOCK_MHZ,
              GpuMeasure.SM_CLOCK_OBSERVED_MS,
              GpuMeasure.SM_CLOCK_MHZ_MS,
              CellMeasure.SM_CLOCK_OBSERVED_MS,
              CellMeasure.SM_CLOCK_MHZ_MS),
          new Gauge(
              GpuMetric.GPU_TEMPERATURE_MILLICELSIUS,
              GpuMeasure.TEMPERATURE_OBSERVED_MS,
              GpuMeasure.TEMPERATURE_MC_MS,
              null,
              null),
          new Gauge(
              GpuMetric.GPU_MEMORY_TEMPERATURE_MILLICELSIUS,
              GpuMeasure.MEMORY_TEMPERATURE_OBSERVED_MS,
              GpuMeasure.MEMORY_TEMPERATURE_MC_MS,
              null,
              null));

  private final WindowBook book;
  private final Naming naming;
  private final Owners owners;

  BoardGauges(WindowBook book, Naming naming, Owners owners) {
    this.book = book;
    this.naming = naming;
    this.owners = owners;
  }

  void read(NodeState.Board board, BoardReading reading, Allocation now, Interval since) {
    for (Gauge gauge : BOARD) {
      reading.max(gauge.metric).ifPresent(v -> board(board, gauge, v, now, since));
    }
    new InstanceGauges(book, naming, owners).read(board, reading, since);
    new BoardCounters(book).read(board, reading, now, since);
  }

  private void board(
      NodeState.Board board, Gauge gauge, long value, Allocation now, Interval since) {
    since.perWindow(
        (window, from, to) -> {
          long ms = to - from;
          long[] gpu = book.gpu(window, board.gpu).amounts;
          gpu[gauge.ms.ordinal()] += ms;
          gpu[gauge.value.ordinal()] += value * ms;
          if (gauge.cellMs != null) {
            long[] times = now.splitTime(from, to);
            for (int i = 0; i < times.length; i++) {
              long[] cell = book.cell(window, now.shares().get(i).cell()).amounts;
              cell[gauge.cellMs.ordinal()] += times[i];
              cell[gauge.cellValue.ordinal()] += value * times[i];
            }
          }
        });
  }
}
