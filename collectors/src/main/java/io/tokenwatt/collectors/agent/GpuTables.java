package io.tokenwatt.collectors.agent;

import com.google.protobuf.ByteString;
import io.tokenwatt.collectors.exporters.GpuRowReading;
import io.tokenwatt.model.proto.GpuColumn;
import io.tokenwatt.model.proto.GpuMetric;
import io.tokenwatt.model.proto.GpuTable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * Rows of boards to the columns of {@link GpuTable}. No row is merged with another: what repeats
 * one board is told apart by its reader. A column that says nothing (all rows 0, all rows present)
 * is left out. Pure.
 */
final class GpuTables {
  private GpuTables() {}

  static GpuTable of(List<GpuRowReading> rows, String driverVersion) {
    if (rows.isEmpty()) {
      return GpuTable.getDefaultInstance();
    }
    Dictionary models = new Dictionary();
    List<Integer> modelOfRow = column(rows, row -> models.numberOf(row.modelName()));
    Dictionary profiles = new Dictionary();
    List<Integer> profileOfRow =
        column(rows, row -> row.profile().isEmpty() ? 0 : profiles.numberOf(row.profile()) + 1);
    return GpuTable.newBuilder()
        .setUuids(uuids(rows))
        .addAllModelNames(models.texts())
        .addAllModelNameOfRow(unlessZero(modelOfRow))
        .addAllIndexOfRow(unlessZero(column(rows, row -> Math.max(0, row.index()))))
        .addAllInstanceOfRow(unlessZero(column(rows, GpuRowReading::instance)))
        .addAllProfiles(profiles.texts())
        .addAllProfileOfRow(unlessZero(profileOfRow))
        .addAllColumns(columns(rows))
        .setDriverVersion(driverVersion)
        .build();
  }

  private static ByteString uuids(List<GpuRowReading> rows) {
    ByteBuffer bytes = ByteBuffer.allocate(16 * rows.size());
    rows.forEach(row -> bytes.putLong(row.id().high()).putLong(row.id().low()));
    return ByteString.copyFrom(bytes.flip());
  }

  private static List<Integer> column(List<GpuRowReading> rows, ToIntFunction<GpuRowReading> of) {
    return rows.stream().map(of::applyAsInt).toList();
  }

  private static List<Integer> unlessZero(List<Integer> column) {
    return column.stream().allMatch(n -> n == 0) ? List.of() : column;
  }

  private static List<GpuColumn> columns(List<GpuRowReading> rows) {
    Map<GpuMetric, BitSet> present = new EnumMap<>(GpuMetric.class);
    for (int row = 0; row < rows.size(); row++) {
      for (GpuMetric metric : rows.get(row).values().keySet()) {
        present.computeIfAbsent(metric, m -> new BitSet()).set(row);
      }
    }
    List<GpuColumn> columns = new ArrayList<>();
    present.forEach((metric, bits) -> columns.add(column(metric, bits, rows)));
    return columns;
  }

  private static GpuColumn column(GpuMetric metric, BitSet present, List<GpuRowReading> rows) {
    GpuColumn.Builder column = GpuColumn.newBuilder().setMetric(metric);
    if (present.cardinality() < rows.size()) {
      column.setPresence(ByteString.copyFrom(present.toByteArray()));
    }
    present.stream().forEach(row -> column.addValues(rows.get(row).values().get(metric)));
    return column.build();
  }
}
