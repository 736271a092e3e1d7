package io.tokenwatt.quickstart.fleet.text;

import io.tokenwatt.quickstart.fleet.physics.Board;
import io.tokenwatt.quickstart.fleet.physics.BoardReading;
import io.tokenwatt.quickstart.fleet.physics.BoardReading.SliceReading;
import io.tokenwatt.quickstart.fleet.physics.Slice;

/**
 * The families that the simulated dcgm-exporter is configured for, in the order of their field ids,
 * which is the order of its output. Help texts are those of etc/dcp-metrics-included.csv.
 */
enum DcgmFamily {
  SM_CLOCK("DCGM_FI_DEV_SM_CLOCK", "gauge", "SM clock frequency (in MHz).", Rows.ALL) {
    @Override
    void put(TextOut out, BoardReading board, SliceReading slice) {
      out.putLong(board.smMhz());
    }
  },
  MEM_CLOCK("DCGM_FI_DEV_MEM_CLOCK", "gauge", "Memory clock frequency (in MHz).", Rows.ALL) {
    @Override
    void put(TextOut out, BoardReading board, SliceReading slice) {
      out.putLong(board.memoryMhz());
    }
  },
  CLOCK_REASONS(
      "DCGM_FI_DEV_CLOCKS_EVENT_REASONS", "gauge", "Clocks event reasons bitmask.", Rows.ALL) {
    @Override
    void put(TextOut out, BoardReading board, SliceReading slice) {
      boolean idle = board.slices().stream().allMatch(s -> s.gr() == 0);
      out.putLong(board.reasons() != 0 ? board.reasons() : idle ? 0x1 : 0);
    }
  },
  MEMORY_TEMP("DCGM_FI_DEV_MEMORY_TEMP", "gauge", "Memory temperature (in C).", Rows.ALL) {
    @Override
    void put(TextOut out, BoardReading board, SliceReading slice) {
      out.putLong(board.memoryCelsius());
    }
  },
  GPU_TEMP("DCGM_FI_DEV_GPU_TEMP", "gauge", "GPU temperature (in C).", Rows.ALL) {
    @Override
    void put(TextOut out, BoardReading board, SliceReading slice) {
      out.putLong(board.celsius());
    }
  },
  POWER_USAGE("DCGM_FI_DEV_POWER_USAGE", "gauge", "Power draw (in W).", Rows.ALL) {
    @Override
    void put(TextOut out, BoardReading board, SliceReading slice) {
      // NVML gives whole milliwatts.
      out.putFixed6(Math.round(board.watts() * 1e3) / 1e3);
    }
  },
  TOTAL_ENERGY(
      "DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION",
      "counter",
      "Total energy consumption since boot (in mJ).",
      Rows.ALL) {
    @Override
    void put(TextOut out, BoardReading board, SliceReading slice) {
      out.putLong(board.energyMj());
    }
  },
  POWER_LIMIT(
      "DCGM_FI_DEV_ENFORCED_POWER_LIMIT",
      "gauge",
      "Effective power limit that the driver enforces (in W).",
      Rows.ALL) {
    @Override
    void put(TextOut out, BoardReading board, SliceReading slice) {
      out.putFixed6(board.limitWatts());
    }
  },
  PCIE_REPLAY(
      "DCGM_FI_DEV_PCIE_REPLAY_COUNTER", "counter", "Total number of PCIe retries.", Rows.ALL) {
    @Override
    void put(TextOut out, BoardReading board, SliceReading slice) {
      out.putLong(0);
    }
  },
  GPU_UTIL("DCGM_FI_DEV_GPU_UTIL", "gauge", "GPU utilization (in %).", Rows.WHOLE_BOARDS) {
    @Override
    void put(TextOut out, BoardReading board, SliceReading slice) {
      out.putLong(Math.round(100 * Math.min(1, 1.02 * slice.gr())));
    }
  },
  MEM_COPY_UTIL(
      "DCGM_FI_DEV_MEM_COPY_UTIL", "gauge", "Memory utilization (in %).", Rows.WHOLE_BOARDS) {
    @Override
    void put(TextOut out, BoardReading board, SliceReading slice) {
      out.putLong(Math.round(100 * slice.dram()));
    }
  },
  XID_ERRORS(
      "DCGM_FI_DEV_XID_ERRORS",
      "gauge",
      "Value of the last XID error encountered.",
      Rows.ALL,
      ",err_code=\"0\",err_msg=\"No Error\"") {
    @Override
    void put(TextOut out, BoardReading board, SliceReading slice) {
      out.putLong(0);
    }
  },
  POWER_VIOLATION(
      "DCGM_FI_DEV_POWER_VIOLATION",
      "counter",
      "Throttling duration due to power constraints (in ns).",
      Rows.ALL) {
    @Override
    void put(TextOut out, BoardReading board, SliceReading slice) {
      out.putLong(board.powerViolationNs());
    }
  },
  THERMAL_VIOLATION(
      "DCGM_FI_DEV_THERMAL_VIOLATION",
      "counter",
      "Throttling duration due to thermal constraints (in ns).",
      Rows.ALL) {
    @Override
    void put(TextOut out, BoardReading board, SliceReading slice) {
      out.putLong(board.heatViolationNs());
    }
  },
  FB_FREE("DCGM_FI_DEV_FB_FREE", "gauge", "Framebuffer memory free (in MiB).", Rows.ALL) {
    @Override
    void put(TextOut out, BoardReading board, SliceReading slice) {
      out.putLong(slice.freeMib());
    }
  },
  FB_USED("DCGM_FI_DEV_FB_USED", "gauge", "Framebuffer memory used (in MiB).", Rows.ALL) {
    @Override
    void put(TextOut out, BoardReading board, SliceReading slice) {
      out.putLong(slice.usedMib());
    }
  },
  FB_RESERVED(
      "DCGM_FI_DEV_FB_RESERVED", "gauge", "Framebuffer memory reserved (in MiB).", Rows.ALL) {
    @Override
    void put(TextOut out, BoardReading board, SliceReading slice) {
      out.putLong(slice.reservedMib());
    }
  },
  GR_ENGINE_ACTIVE(
      "DCGM_FI_PROF_GR_ENGINE_ACTIVE",
      "gauge",
      "Ratio of time the graphics engine is active.",
      Rows.ALL) {
    @Override
    void put(TextOut out, BoardReading board, SliceReading slice) {
      out.putFixed6(slice.gr());
    }
  },
  SM_ACTIVE(
      "DCGM_FI_PROF_SM_ACTIVE",
      "gauge",
      "The ratio of cycles an SM has at least 1 warp assigned.",
      Rows.WHERE_ASKED_FOR) {
    @Override
    void put(TextOut out, BoardReading board, SliceReading slice) {
      out.putFixed6(slice.sm());
    }
  },
  PIPE_TENSOR_ACTIVE(
      "DCGM_FI_PROF_PIPE_TENSOR_ACTIVE",
      "gauge",
      "Ratio of cycles the tensor (HMMA) pipe is active.",
      Rows.ALL) {
    @Override
    void put(TextOut out, BoardReading board, SliceReading slice) {
      out.putFixed6(slice.tensor());
    }
  },
  DRAM_ACTIVE(
      "DCGM_FI_PROF_DRAM_ACTIVE",
      "gauge",
      "Ratio of cycles the device memory interface is active sending or receiving data.",
      Rows.ALL) {
    @Override
    void put(TextOut out, BoardReading board, SliceReading slice) {
      out.putFixed6(slice.dram());
    }
  },
  PCIE_TX(
      "DCGM_FI_PROF_PCIE_TX_BYTES",
      "gauge",
      "The rate of data transmitted over the PCIe bus - including both protocol headers and data payloads - in bytes per second.",
      Rows.WHOLE_BOARDS) {
    @Override
    void put(TextOut out, BoardReading board, SliceReading slice) {
      out.putLong(Math.round(40_000 + 9e7 * slice.gr() + slice.pcie()));
    }
  },
  PCIE_RX(
      "DCGM_FI_PROF_PCIE_RX_BYTES",
      "gauge",
      "The rate of data received over the PCIe bus - including both protocol headers and data payloads - in bytes per second.",
      Rows.WHOLE_BOARDS) {
    @Override
    void put(TextOut out, BoardReading board, SliceReading slice) {
      out.putLong(Math.round(90_000 + 2.2e8 * slice.gr() + slice.pcie()));
    }
  },
  NVLINK_TX(
      "DCGM_FI_PROF_NVLINK_TX_BYTES",
      "gauge",
      "The rate of data transmitted over NVLink, not including protocol headers, in bytes per second.",
      Rows.NVLINK_WHERE_ASKED_FOR) {
    @Override
    void put(TextOut out, BoardReading board, SliceReading slice) {
      out.putLong(Math.round(slice.nvlink()));
    }
  },
  NVLINK_RX(
      "DCGM_FI_PROF_NVLINK_RX_BYTES",
      "gauge",
      "The rate of data received over NVLink, not including protocol headers, in bytes per second.",
      Rows.NVLINK_WHERE_ASKED_FOR) {
    @Override
    void put(TextOut out, BoardReading board, SliceReading slice) {
      out.putLong(Math.round(slice.nvlink()));
    }
  };

  /** On which rows a family is. */
  enum Rows {
    ALL(false),
    /** Not on MIG instances, where DCGM has no reading. */
    WHOLE_BOARDS(false),
    /** Commented out in the exporter's default counters. */
    WHERE_ASKED_FOR(true),
    /** The same, and only on boards that have NVLink. */
    NVLINK_WHERE_ASKED_FOR(true);

    final boolean askedFor;

    Rows(boolean askedFor) {
      this.askedFor = askedFor;
    }

    boolean includes(Board board, Slice slice) {
      return switch (this) {
        case ALL, WHERE_ASKED_FOR -> true;
        case WHOLE_BOARDS -> !slice.isMig();
        case NVLINK_WHERE_ASKED_FOR -> !slice.isMig() && board.hardware().hasNvlink();
      };
    }
  }

  final String metric;
  final String type;
  final String help;
  final Rows rows;

  /** Labels of this family alone, written last. */
  final String attributes;

  DcgmFamily(String metric, String type, String help, Rows rows) {
    this(metric, type, help, rows, "");
  }

  DcgmFamily(String metric, String type, String help, Rows rows, String attributes) {
    this.metric = metric;
    this.type = type;
    this.help = help;
    this.rows = rows;
    this.attributes = attributes;
  }

  /** Writes the value, without a newline. */
  abstract void put(TextOut out, BoardReading board, SliceReading slice);
}
