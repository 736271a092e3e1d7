package io.tokenwatt.quickstart.fleet.text;

import io.tokenwatt.quickstart.fleet.physics.BoardReading;
import io.tokenwatt.quickstart.fleet.physics.BoardReading.SliceReading;

/**
 * The families that the simulated device-metrics-exporter is configured for, in the order of their
 * names. Help texts are those of gpuagent_gpu_metrics.go.
 */
enum AmdFamily {
  CLOCK_SYSTEM(
      "gpu_clock",
      "List of current GPU clock frequencies in MHz",
      false,
      "clock_index=\"0\",clock_type=\"system\",") {
    @Override
    double value(BoardReading board, SliceReading slice) {
      return board.smMhz();
    }
  },
  ENERGY("gpu_energy_consumed", "Accumulated energy consumed by the GPU in uJ", true) {
    @Override
    double value(BoardReading board, SliceReading slice) {
      return board.energyMj() * 1e3;
    }
  },
  FREE("gpu_free_vram", "Free VRAM memory of the GPU (in MB)", false) {
    @Override
    double value(BoardReading board, SliceReading slice) {
      return slice.freeMib();
    }
  },
  GFX_ACTIVITY("gpu_gfx_activity", "Graphics engine usage in Percentage (0-100)", true) {
    @Override
    double value(BoardReading board, SliceReading slice) {
      return percent(board.slices().stream().mapToDouble(SliceReading::gr).average().orElse(0));
    }
  },
  JUNCTION("gpu_junction_temperature", "Current junction/hotspot temperature in Celsius", false) {
    @Override
    double value(BoardReading board, SliceReading slice) {
      return board.celsius();
    }
  },
  MEMORY_TEMPERATURE("gpu_memory_temperature", "Current memory temperature in Celsius", false) {
    @Override
    double value(BoardReading board, SliceReading slice) {
      return board.memoryCelsius();
    }
  },
  POWER("gpu_package_power", "Current socket power in Watts", true) {
    @Override
    double value(BoardReading board, SliceReading slice) {
      return Math.round(board.watts());
    }
  },
  TOTAL("gpu_total_vram", "Total VRAM memory of the GPU (in MB)", false) {
    @Override
    double value(BoardReading board, SliceReading slice) {
      return slice.freeMib() + slice.usedMib() + slice.reservedMib();
    }
  },
  UMC_ACTIVITY("gpu_umc_activity", "Memory engine usage in Percentage (0-100)", true) {
    @Override
    double value(BoardReading board, SliceReading slice) {
      return percent(board.slices().stream().mapToDouble(SliceReading::dram).average().orElse(0));
    }
  },
  USED("gpu_used_vram", "Used VRAM memory of the GPU (in MB)", false) {
    @Override
    double value(BoardReading board, SliceReading slice) {
      return slice.usedMib() + slice.reservedMib();
    }
  };

  final String metric;
  final String help;

  /** Of a divided board only partition 0 has a reading; the others show 0. */
  final boolean firstPartitionOnly;

  /** Labels of this family alone, in their place among the others. */
  final String labels;

  AmdFamily(String metric, String help, boolean firstPartitionOnly) {
    this(metric, help, firstPartitionOnly, "");
  }

  AmdFamily(String metric, String help, boolean firstPartitionOnly, String labels) {
    this.metric = metric;
    this.help = help;
    this.firstPartitionOnly = firstPartitionOnly;
    this.labels = labels;
  }

  abstract double value(BoardReading board, SliceReading slice);

  private static double percent(double ratio) {
    return Math.round(100 * Math.min(1, ratio));
  }
}
