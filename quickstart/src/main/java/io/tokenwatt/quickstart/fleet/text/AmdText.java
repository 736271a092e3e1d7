package io.tokenwatt.quickstart.fleet.text;

import io.tokenwatt.quickstart.fleet.physics.Board;
import io.tokenwatt.quickstart.fleet.physics.BoardReading;
import io.tokenwatt.quickstart.fleet.physics.BoardReading.SliceReading;
import io.tokenwatt.quickstart.fleet.physics.Slice;
import java.util.ArrayList;
import java.util.List;

/**
 * AMD's device-metrics-exporter 1.4 on MI300X, with the labels that it always sets: everything is a
 * gauge, families and labels are sorted as Go's client does. A board in compute partitions (CPX)
 * has a row per partition, each with a {@code gpu_id} of its own and the board's serial number;
 * power, energy and activity stand on partition 0 and are 0 on the others. Not thread-safe.
 */
public final class AmdText implements BoardText {
  private static final String DRIVER = "6.12.12";

  private record Row(AmdFamily family, int board, int slice, byte[] before) {}

  private final String hostname;
  private final List<Row> rows = new ArrayList<>();
  private List<BoardReading> rendered = List.of();
  private byte[] text = {};

  public AmdText(List<Board> boards, String hostname) {
    this.hostname = hostname;
    for (AmdFamily family : AmdFamily.values()) {
      addFamily(family, boards);
    }
  }

  @Override
  public byte[] render(List<BoardReading> readings) {
    if (readings != rendered) {
      TextOut out = new TextOut(text.length + 256);
      for (Row row : rows) {
        BoardReading board = readings.get(row.board());
        SliceReading slice = board.slices().get(row.slice());
        out.put(row.before());
        boolean elsewhere = row.family().firstPartitionOnly && row.slice() > 0;
        GoNumbers.putDouble(out, elsewhere ? 0 : row.family().value(board, slice));
        out.put('\n');
      }
      text = out.toBytes();
      rendered = readings;
    }
    return text;
  }

  private void addFamily(AmdFamily family, List<Board> boards) {
    String head =
        "# HELP %s %s\n# TYPE %s gauge\n".formatted(family.metric, family.help, family.metric);
    int gpuId = 0;
    for (Board board : boards) {
      for (int i = 0; i < board.slices().size(); i++) {
        String series = head + family.metric + '{' + labels(family, board, i, gpuId++) + "} ";
        rows.add(new Row(family, board.index(), i, TextOut.utf8(series)));
        head = "";
      }
    }
  }

  private String labels(AmdFamily family, Board board, int partition, int gpuId) {
    Slice slice = board.slices().get(partition);
    return "card_model=\"102-G30211-0C\",card_series=\"%s\",card_vendor=\"AMD\",%scontainer=\"\",deployment_mode=\"baremetal\",driver_version=\"%s\",gpu_compute_partition_type=\"%s\",gpu_id=\"%d\",gpu_memory_partition_type=\"%s\",gpu_partition_id=\"%d\",hostname=\"%s\",job_id=\"\",job_partition=\"\",job_user=\"\",namespace=\"\",pod=\"\",serial_number=\"%s\""
        .formatted(
            board.hardware().modelName(),
            family.labels,
            DRIVER,
            slice.isMig() ? slice.profile() : "spx",
            gpuId,
            slice.isMig() ? "nps4" : "nps1",
            partition,
            hostname,
            board.uuid());
  }
}
