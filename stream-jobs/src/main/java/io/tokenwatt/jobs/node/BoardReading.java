package io.tokenwatt.jobs.node;

import com.google.protobuf.ByteString;
import io.tokenwatt.model.proto.GpuColumn;
import io.tokenwatt.model.proto.GpuMetric;
import io.tokenwatt.model.proto.GpuTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * One physical board in one sample: all rows that carry its UUID. Readings of the board itself
 * (energy, power, clocks) are repeated on every MIG row, not always in the same instant, and stand
 * only on partition 0 of AMD boards: the maximum is the board's in each case, the sum in none.
 */
record BoardReading(String gpu, int index, String modelName, String driver, List<Row> rows) {

  /** One row of the table: the board or an instance of it. */
  record Row(int number, int instance, String profile, long[] values) {
    long value(GpuMetric metric) {
      return values[metric.getNumber()];
    }
  }

  static final long ABSENT = Long.MIN_VALUE;
  private static final int METRICS = GpuMetric.values().length;

  /** Highest reading over the rows; empty when no row has one. */
  OptionalLong max(GpuMetric metric) {
    long max = ABSENT;
    for (Row row : rows) {
      max = Math.max(max, row.value(metric));
    }
    return max == ABSENT ? OptionalLong.empty() : OptionalLong.of(max);
  }

  /** The rows that hold capacity: the instances where there are any, else the board. */
  List<Row> holders() {
    List<Row> instances = rows.stream().filter(r -> r.instance() > 0).toList();
    return instances.isEmpty() ? List.of(rows.get(0)) : instances;
  }

  /** The boards of a table by UUID, in the order of the UUIDs. */
  static Map<String, BoardReading> of(GpuTable table) {
    int count = table.getUuids().size() / 16;
    long[][] values = new long[count][];
    for (int row = 0; row < count; row++) {
      values[row] = new long[METRICS];
      java.util.Arrays.fill(values[row], ABSENT);
    }
    table.getColumnsList().forEach(column -> spread(column, values));
    Map<String, BoardReading> boards = new TreeMap<>();
    for (int row = 0; row < count; row++) {
      String gpu = uuid(table.getUuids(), row);
      BoardReading board = boards.get(gpu);
      if (board == null) {
        board =
            new BoardReading(
                gpu,
                at(table.getIndexOfRowList(), row),
                name(table, row),
                table.getDriverVersion(),
                new ArrayList<>());
        boards.put(gpu, board);
      }
      board.rows.add(
          new Row(row, at(table.getInstanceOfRowList(), row), profile(table, row), values[row]));
    }
    return boards;
  }

  private static void spread(GpuColumn column, long[][] values) {
    int metric = column.getMetricValue();
    if (metric <= 0 || metric >= METRICS) {
      return; // a newer agent's metric
    }
    ByteString presence = column.getPresence();
    int next = 0;
    for (int row = 0; row < values.length && next < column.getValuesCount(); row++) {
      boolean present =
          presence.isEmpty()
              || (row >> 3) < presence.size() && (presence.byteAt(row >> 3) >> (row & 7) & 1) == 1;
      if (present) {
        values[row][metric] = column.getValues(next++);
      }
    }
  }

  private static int at(List<Integer> list, int row) {
    return row < list.size() ? list.get(row) : 0;
  }

  private static String name(GpuTable table, int row) {
    int index = at(table.getModelNameOfRowList(), row);
    return index < table.getModelNamesCount() ? table.getModelNames(index) : "";
  }

  private static String profile(GpuTable table, int row) {
    int index = at(table.getProfileOfRowList(), row);
    return index > 0 && index <= table.getProfilesCount() ? table.getProfiles(index - 1) : "";
  }

  private static String uuid(ByteString uuids, int row) {
    StringBuilder text = new StringBuilder(40).append("GPU-");
    for (int i = 0; i < 16; i++) {
      if (i == 4 || i == 6 || i == 8 || i == 10) {
        text.append('-');
      }
      int b = uuids.byteAt(row * 16 + i) & 0xff;
      text.append(Character.forDigit(b >> 4, 16)).append(Character.forDigit(b & 15, 16));
    }
    return text.toString();
  }
}
