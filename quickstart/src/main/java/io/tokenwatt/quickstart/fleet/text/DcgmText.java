package io.tokenwatt.quickstart.fleet.text;

import io.tokenwatt.quickstart.fleet.physics.Board;
import io.tokenwatt.quickstart.fleet.physics.BoardReading;
import io.tokenwatt.quickstart.fleet.physics.Slice;
import java.util.ArrayList;
import java.util.List;

/**
 * dcgm-exporter 4.5: one HELP and TYPE per family, families by field id, a row per board or MIG
 * instance. A collection is rendered once and served until the next. Not thread-safe.
 */
public final class DcgmText implements BoardText {
  private record Row(DcgmFamily family, int board, int slice, byte[] prefix) {}

  private final List<Board> boards;
  private final String hostname;
  private final String hpcJob;
  private final boolean smActive;
  private final List<Row> rows = new ArrayList<>();
  private String driver = "";
  private List<BoardReading> rendered = List.of();
  private byte[] text = {};

  /**
   * @param hostname what the exporter writes into {@code Hostname}
   * @param hpcJob the Slurm job that holds the boards (its label {@code hpc_job}); "" = none
   * @param smActive the configuration asks for DCGM_FI_PROF_SM_ACTIVE, which the default leaves out
   */
  public DcgmText(List<Board> boards, String hostname, String hpcJob, boolean smActive) {
    this.boards = List.copyOf(boards);
    this.hostname = hostname;
    this.hpcJob = hpcJob;
    this.smActive = smActive;
  }

  /** The page's text with this driver; only the values change until there is another. */
  private void lay(String version) {
    driver = version;
    rows.clear();
    String job = hpcJob.isEmpty() ? "" : ",hpc_job=\"" + hpcJob + '"';
    for (DcgmFamily family : DcgmFamily.values()) {
      if (smActive || !family.rows.askedFor) {
        addFamily(family, job);
      }
    }
  }

  @Override
  public byte[] render(List<BoardReading> readings) {
    if (readings != rendered) {
      if (!readings.get(0).driver().equals(driver)) {
        lay(readings.get(0).driver());
      }
      TextOut out = new TextOut(text.length + 256);
      for (Row row : rows) {
        BoardReading board = readings.get(row.board());
        out.put(row.prefix());
        row.family().put(out, board, board.slices().get(row.slice()));
        out.put('\n');
      }
      text = out.toBytes();
      rendered = readings;
    }
    return text;
  }

  private void addFamily(DcgmFamily family, String job) {
    String head =
        "# HELP %s %s\n# TYPE %s %s\n"
            .formatted(family.metric, family.help, family.metric, family.type);
    for (Board board : boards) {
      for (int i = 0; i < board.slices().size(); i++) {
        Slice slice = board.slices().get(i);
        if (!family.rows.includes(board, slice)) {
          continue;
        }
        String labels = labels(board, slice) + family.attributes + job;
        String series = head + family.metric + '{' + labels + "} ";
        rows.add(new Row(family, board.index(), i, TextOut.utf8(series)));
        head = "";
      }
    }
  }

  private String labels(Board board, Slice slice) {
    String mig =
        slice.isMig()
            ? ",GPU_I_PROFILE=\"%s\",GPU_I_ID=\"%d\"".formatted(slice.profile(), slice.instance())
            : "";
    return "gpu=\"%d\",UUID=\"%s\",pci_bus_id=\"%s\",device=\"nvidia%d\",modelName=\"%s\"%s,Hostname=\"%s\",DCGM_FI_DRIVER_VERSION=\"%s\""
        .formatted(
            board.index(),
            board.uuid(),
            board.pciBusId(),
            board.index(),
            board.hardware().modelName(),
            mig,
            hostname,
            driver);
  }
}
