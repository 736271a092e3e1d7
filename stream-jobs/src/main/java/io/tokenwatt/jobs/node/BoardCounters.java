package io.tokenwatt.jobs.node;

import io.tokenwatt.jobs.attribution.Allocation;
import io.tokenwatt.jobs.attribution.Share;
import io.tokenwatt.jobs.meter.CounterFamily;
import io.tokenwatt.jobs.meter.Increment;
import io.tokenwatt.jobs.meter.Proration;
import io.tokenwatt.model.CellMeasure;
import io.tokenwatt.model.GpuMeasure;
import io.tokenwatt.model.proto.GpuMetric;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What moves over a board's links, and its other cumulative counters: throttled time, memory
 * errors.
 */
final class BoardCounters {
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

  BoardCounters(WindowBook book) {
    this.book = book;
  }

  void read(NodeState.Board board, BoardReading reading, Allocation now, Interval since) {
    traffic(board, reading, now, since);
    counters(board, reading, now, since.toMs());
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
