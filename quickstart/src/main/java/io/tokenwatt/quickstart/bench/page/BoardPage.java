package io.tokenwatt.quickstart.bench.page;

import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;

/** A dcgm-exporter page: eight boards with thirty fields each. A function of the tick alone. */
public final class BoardPage {
  public static final int SERIES = 240;
  public static final int BOARDS = 8;

  private static final String[] STEADY =
      ("SM_CLOCK MEM_CLOCK MEMORY_TEMP GPU_TEMP PCIE_REPLAY_COUNTER GPU_UTIL MEM_COPY_UTIL ENC_UTIL"
              + " DEC_UTIL XID_ERRORS FB_FREE FB_USED FB_RESERVED UNCORRECTABLE_REMAPPED_ROWS"
              + " CORRECTABLE_REMAPPED_ROWS ROW_REMAP_FAILURE NVLINK_BANDWIDTH_TOTAL"
              + " VGPU_LICENSE_STATUS POWER_VIOLATION THERMAL_VIOLATION POWER_MGMT_LIMIT"
              + " ECC_DBE_VOL_TOTAL")
          .split(" ");
  private static final String[] RATIOS =
      "GR_ENGINE_ACTIVE PIPE_TENSOR_ACTIVE DRAM_ACTIVE SM_ACTIVE".split(" ");

  private final StringBuilder text = new StringBuilder(65_536);

  private BoardPage() {}

  public static long energyMillijoules(long tick, int board) {
    return 90_000_000_000L + board * 1_000_000L + 612_345 * tick;
  }

  public static byte[] at(long tick) {
    BoardPage page = new BoardPage();
    for (int i = 0; i < STEADY.length; i++) {
      int field = i;
      page.boards("DCGM_FI_DEV_" + STEADY[i], b -> Long.toString(field * 3L + (tick + b) % 11));
    }
    for (String ratio : RATIOS) {
      page.boards("DCGM_FI_PROF_" + ratio, b -> "0." + (100_000 + (tick * 7_919 + b) % 900_000));
    }
    page.boards("DCGM_FI_PROF_PCIE_TX_BYTES", b -> Long.toString(900_000_000 + tick % 977 * 1_009));
    page.boards("DCGM_FI_PROF_PCIE_RX_BYTES", b -> Long.toString(300_000_000 + tick % 953 * 1_013));
    page.boards("DCGM_FI_DEV_POWER_USAGE", b -> 560 + (tick + b) % 80 + ".125");
    page.boards(
        "DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION", b -> Long.toString(energyMillijoules(tick, b)));
    return page.text.toString().getBytes(StandardCharsets.US_ASCII);
  }

  private void boards(String name, IntFunction<String> value) {
    text.append("# HELP ").append(name).append(" As DCGM has it.\n");
    text.append("# TYPE ").append(name).append(" gauge\n");
    for (int board = 0; board < BOARDS; board++) {
      text.append(name).append(labels(board)).append(value.apply(board)).append('\n');
    }
  }

  private static String labels(int board) {
    return ("{gpu=\"%d\",UUID=\"GPU-%08x-86f3-7a43-b711-4771313afc5%d\",pci_bus_id=\"0000%04X:00.0\","
            + "device=\"nvidia%d\",modelName=\"NVIDIA H100 80GB HBM3\",Hostname=\"n1\","
            + "DCGM_FI_DRIVER_VERSION=\"580.95.05\"} ")
        .formatted(board, (board + 1) * 0x1d3f77b1L & 0xffffffffL, board, board, board);
  }
}
