package io.tokenwatt.jobs.node;

import io.tokenwatt.jobs.attribution.Allocation;
import io.tokenwatt.jobs.attribution.MigProfile;
import io.tokenwatt.jobs.attribution.Share;
import io.tokenwatt.jobs.meter.CounterFamily;
import io.tokenwatt.jobs.meter.Increment;
import io.tokenwatt.jobs.meter.Proration;
import io.tokenwatt.model.Cell;
import io.tokenwatt.model.CellMeasure;
import io.tokenwatt.model.GpuMeasure;
import io.tokenwatt.model.proto.GpuMetric;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

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

  /**
   * Ratios of an instance: the board's is their mean by slice size, the cell's its own instances'.
   */
  private static final List<Gauge> INSTANCE =
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

  /** Cumulative counters of the board. */
  private static final List<GpuMetric> COUNTERS =
      List.of(
          GpuMetric.GPU_PCIE_TX_BYTES,
          GpuMetric.GPU_PCIE_RX_BYTES,
          GpuMetric.GPU_NVLINK_TX_BYTES,
          GpuMetric.GPU_NVLINK_RX_BYTES,
          GpuMetric.GPU_POWER_THROTTLE_MICROSECONDS,
          GpuMetric.GPU_THERMAL_THROTTLE_MICROSECONDS,
          GpuMetric.GPU_ECC_UNCORRECTED);

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
    int slices = reading.holders().stream().mapToInt(r -> MigProfile.slices(r.profile())).sum();
    for (BoardReading.Row row : reading.holders()) {
      for (Gauge gauge : INSTANCE) {
        long value = row.value(gauge.metric);
        if (value != BoardReading.ABSENT) {
          instance(board, row, gauge, value, slices, since);
        }
      }
    }
    memory(board, reading, since);
    traffic(board, reading, now, since);
    counters(board, reading, now, since.toMs());
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
    List<Cell> cells = cells(board, row);
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
          for (Cell name : cells) {
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

  private List<Cell> cells(NodeState.Board board, BoardReading.Row row) {
    List<Owners.Owner> holders = owners.ofRow(row.number());
    if (holders.isEmpty()) {
      return List.of(owners.unallocated(board.hardware));
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

  /** Rates in bytes per second, both directions; a counter of the same link takes their place. */
  private void traffic(
      NodeState.Board board, BoardReading reading, Allocation now, Interval since) {
    rate(
        board,
        reading,
        GpuMetric.GPU_PCIE_TX_BYTES_PER_SECOND,
        GpuMetric.GPU_PCIE_RX_BYTES_PER_SECOND,
        GpuMetric.GPU_PCIE_TX_BYTES,
        Link.PCIE,
        now,
        since);
    rate(
        board,
        reading,
        GpuMetric.GPU_NVLINK_TX_BYTES_PER_SECOND,
        GpuMetric.GPU_NVLINK_RX_BYTES_PER_SECOND,
        GpuMetric.GPU_NVLINK_TX_BYTES,
        Link.NVLINK,
        now,
        since);
  }

  private void rate(
      NodeState.Board board,
      BoardReading reading,
      GpuMetric sent,
      GpuMetric received,
      GpuMetric counter,
      Link link,
      Allocation now,
      Interval since) {
    OptionalLong tx = reading.max(sent);
    OptionalLong rx = reading.max(received);
    if (reading.max(counter).isPresent() || tx.isEmpty() || rx.isEmpty()) {
      return;
    }
    long perSecond = tx.getAsLong() + rx.getAsLong();
    since.perWindow(
        (window, from, to) ->
            transferred(
                board, link, window, to - from, perSecond / 1000 * (to - from) / 1000, now));
  }

  private void transferred(
      NodeState.Board board, Link link, long window, long ms, long kilobytes, Allocation now) {
    long[] gpu = book.gpu(window, board.gpu).amounts;
    gpu[link.ms.ordinal()] += ms;
    gpu[link.kilobytes.ordinal()] += kilobytes;
    long[] times = now.splitLikeTime(ms);
    long[] amounts = now.splitLikeTime(kilobytes);
    for (int i = 0; i < times.length; i++) {
      Share share = now.shares().get(i);
      long[] cell = book.cell(window, share.cell()).amounts;
      cell[link.cellMs.ordinal()] += times[i];
      cell[link.cellKilobytes.ordinal()] += amounts[i];
    }
  }

  private enum Link {
    PCIE(
        GpuMeasure.PCIE_OBSERVED_MS,
        GpuMeasure.PCIE_KB,
        CellMeasure.PCIE_OBSERVED_MS,
        CellMeasure.PCIE_KB),
    NVLINK(
        GpuMeasure.NVLINK_OBSERVED_MS,
        GpuMeasure.NVLINK_KB,
        CellMeasure.NVLINK_OBSERVED_MS,
        CellMeasure.NVLINK_KB);

    final GpuMeasure ms;
    final GpuMeasure kilobytes;
    final CellMeasure cellMs;
    final CellMeasure cellKilobytes;

    Link(GpuMeasure ms, GpuMeasure kilobytes, CellMeasure cellMs, CellMeasure cellKilobytes) {
      this.ms = ms;
      this.kilobytes = kilobytes;
      this.cellMs = cellMs;
      this.cellKilobytes = cellKilobytes;
    }
  }

  private void counters(NodeState.Board board, BoardReading reading, Allocation now, long atMs) {
    Map<Integer, Long> readings = new HashMap<>();
    COUNTERS.forEach(m -> reading.max(m).ifPresent(value -> readings.put(m.getNumber(), value)));
    boolean restarted = CounterFamily.restarted(board.meter.counters, readings);
    CounterFamily.advance(board.meter.counters, readings, atMs, restarted, OptionalLong.empty())
        .forEach(
            (metric, increment) -> counter(board, GpuMetric.forNumber(metric), increment, now));
  }

  private void counter(
      NodeState.Board board, GpuMetric metric, Increment increment, Allocation now) {
    if (increment.isBridged()) {
      return; // a gap: not part of any rate
    }
    Proration.perWindow(
        increment.amount(),
        increment.fromMs(),
        increment.toMs(),
        (window, from, to, amount) -> {
          long[] gpu = book.gpu(window, board.gpu).amounts;
          switch (metric) {
            // One direction brings the observed time, both bring bytes.
            case GPU_PCIE_TX_BYTES ->
                transferred(board, Link.PCIE, window, to - from, amount / 1000, now);
            case GPU_PCIE_RX_BYTES -> transferred(board, Link.PCIE, window, 0, amount / 1000, now);
            case GPU_NVLINK_TX_BYTES ->
                transferred(board, Link.NVLINK, window, to - from, amount / 1000, now);
            case GPU_NVLINK_RX_BYTES ->
                transferred(board, Link.NVLINK, window, 0, amount / 1000, now);
            case GPU_POWER_THROTTLE_MICROSECONDS -> {
              gpu[GpuMeasure.POWER_THROTTLED_US.ordinal()] += amount;
              throttled(window, amount, now);
            }
            case GPU_THERMAL_THROTTLE_MICROSECONDS -> {
              gpu[GpuMeasure.THERMAL_THROTTLED_US.ordinal()] += amount;
              throttled(window, amount, now);
            }
            default -> gpu[GpuMeasure.ECC_UNCORRECTED.ordinal()] += amount;
          }
        });
  }

  private void throttled(long window, long amount, Allocation now) {
    long[] parts = now.splitLikeTime(amount);
    for (int i = 0; i < parts.length; i++) {
      book.cell(window, now.shares().get(i).cell()).amounts[CellMeasure.THROTTLED_US.ordinal()] +=
          parts[i];
    }
  }
}
