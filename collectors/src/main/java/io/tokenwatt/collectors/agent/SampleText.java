package io.tokenwatt.collectors.agent;

import io.tokenwatt.model.proto.Binding;
import io.tokenwatt.model.proto.Engine;
import io.tokenwatt.model.proto.EngineSeries;
import io.tokenwatt.model.proto.GpuColumn;
import io.tokenwatt.model.proto.GpuTable;
import io.tokenwatt.model.proto.NodeSample;
import io.tokenwatt.model.proto.ScrapeFailure;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.Locale;

/** A record as text for people: what was read, what failed, who owns what. */
final class SampleText {
  private final NodeSample sample;
  private final StringBuilder out = new StringBuilder();

  private SampleText(NodeSample sample) {
    this.sample = sample;
  }

  static String of(NodeSample sample) {
    return new SampleText(sample).write();
  }

  private String write() {
    line(
        "node %s  region %s  tick %d ms  %d bytes",
        sample.getNode().getNode(),
        orDash(sample.getNode().getRegion()),
        sample.getTickMs(),
        sample.getSerializedSize());
    gpus(sample.getGpus());
    sample.getEnginesList().forEach(this::engine);
    sample.getNodeReadingsList().forEach(r -> line("machine  %s %d", r.getMetric(), r.getValue()));
    sample.getBindingsList().forEach(this::binding);
    for (ScrapeFailure failure : sample.getFailuresList()) {
      line("FAILED %s  %s: %s", failure.getTarget(), failure.getReason(), failure.getDetail());
    }
    return out.toString();
  }

  private void gpus(GpuTable table) {
    int rows = table.getUuids().size() / 16;
    for (int row = 0; row < rows; row++) {
      int model = row < table.getModelNameOfRowCount() ? table.getModelNameOfRow(row) : 0;
      int instance = row < table.getInstanceOfRowCount() ? table.getInstanceOfRow(row) : 0;
      byte[] uuid = table.getUuids().substring(16 * row, 16 * row + 16).toByteArray();
      line(
          "board %d  %s…%s  %s",
          row,
          HexFormat.of().formatHex(uuid, 0, 4),
          instance == 0 ? "" : "/" + (instance - 1),
          table.getModelNames(model));
      for (GpuColumn column : table.getColumnsList()) {
        reading(column, row);
      }
    }
  }

  private void reading(GpuColumn column, int row) {
    BitSet present = BitSet.valueOf(column.getPresence().toByteArray());
    boolean all = column.getPresence().isEmpty();
    if (all || present.get(row)) {
      int index = all ? row : present.get(0, row).cardinality();
      metric(column.getMetric().name(), column.getValues(index));
    }
  }

  private void engine(Engine engine) {
    line("engine %s  %s  %s", engine.getInstance(), engine.getKind(), engine.getInfoMap());
    for (EngineSeries series : engine.getSeriesList()) {
      line("  model %s  rank %s", orDash(series.getModelName()), orDash(series.getRank()));
      for (int i = 0; i < series.getMetricsCount(); i++) {
        metric(series.getMetrics(i).name(), series.getValues(i));
      }
      series
          .getHistogramsList()
          .forEach(
              h ->
                  metric(
                      h.getMeasure().name(), h.getCountsList().stream().mapToLong(n -> n).sum()));
    }
  }

  private void binding(Binding binding) {
    line(
        "workload %s  boards %s  engines %s  %s%s",
        binding.getWorkload(),
        binding.getGpuRowsList(),
        binding.getEnginesList(),
        binding.getMethod().name().toLowerCase(Locale.ROOT),
        told("owner", binding.getOwner())
            + told("kind", binding.getKind())
            + told("role", binding.getRole().equals("both") ? "" : binding.getRole())
            + told("group", binding.getEngineGroup())
            + told("pair", binding.getPairGroup())
            + told("required", count(binding.getBoardsRequired()))
            + told("members", count(binding.getMembers() > 1 ? binding.getMembers() : 0)));
  }

  private static String told(String name, String value) {
    return value.isEmpty() ? "" : "  " + name + " " + value;
  }

  private static String count(int number) {
    return number == 0 ? "" : Integer.toString(number);
  }

  private void metric(String name, long value) {
    line("    %-40s %,d", name.toLowerCase(Locale.ROOT), value);
  }

  private void line(String format, Object... arguments) {
    out.append(String.format(Locale.ROOT, format, arguments)).append('\n');
  }

  private static String orDash(String text) {
    return text.isEmpty() ? "-" : text;
  }
}
