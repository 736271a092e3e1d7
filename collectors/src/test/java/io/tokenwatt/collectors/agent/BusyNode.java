package io.tokenwatt.collectors.agent;

import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * What a busy node's exporters write: eight boards with dcgm-exporter's default counters, and vLLM
 * V1 with its default histograms (names, labels and buckets as in vLLM's loggers.py). Seeded.
 */
final class BusyNode {
  /** What a field shows: a level and how far boards and seconds differ. */
  private record Field(String name, int level, int spread) {}

  private static final List<Field> FIELDS =
      List.of(
          new Field("SM_CLOCK", 1755, 60),
          new Field("MEM_CLOCK", 2619, 0),
          new Field("MEMORY_TEMP", 70, 12),
          new Field("GPU_TEMP", 62, 10),
          new Field("PCIE_REPLAY_COUNTER", 0, 0),
          new Field("GPU_UTIL", 97, 4),
          new Field("MEM_COPY_UTIL", 55, 20),
          new Field("ENC_UTIL", 0, 0),
          new Field("DEC_UTIL", 0, 0),
          new Field("XID_ERRORS", 0, 0),
          new Field("FB_FREE", 4100, 64),
          new Field("FB_USED", 76300, 64),
          new Field("FB_RESERVED", 649, 0),
          new Field("UNCORRECTABLE_REMAPPED_ROWS", 0, 0),
          new Field("CORRECTABLE_REMAPPED_ROWS", 0, 0),
          new Field("ROW_REMAP_FAILURE", 0, 0),
          new Field("NVLINK_BANDWIDTH_TOTAL", 120_000, 20_000),
          new Field("VGPU_LICENSE_STATUS", 0, 0));
  private static final List<String> RATIOS =
      List.of("GR_ENGINE_ACTIVE", "PIPE_TENSOR_ACTIVE", "DRAM_ACTIVE");
  private static final double[] FAST = {
    0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 20, 40,
    80, 160, 640, 2560
  };
  private static final double[] TOKEN = {
    0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 20, 40, 80
  };
  private static final double[] REQUEST = {
    0.3, 0.5, 0.8, 1, 1.5, 2, 2.5, 5, 10, 15, 20, 30, 40, 50, 60, 120, 240, 480, 960, 1920, 7680
  };
  private static final double[] TOKENS = {
    1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 20000, 50000, 100000
  };

  private final Random random;
  private final StringBuilder out = new StringBuilder();
  private final long[] energy = new long[8];

  BusyNode(long seed) {
    random = new Random(seed);
  }

  String dcgm() {
    out.setLength(0);
    for (Field field : FIELDS) {
      boards("DCGM_FI_DEV_" + field.name, field.level, field.spread);
    }
    for (int board = 0; board < 8; board++) {
      line("DCGM_FI_DEV_POWER_USAGE{%s} %.3f", labels(board), 560 + 80 * random.nextDouble());
    }
    for (String ratio : RATIOS) {
      for (int board = 0; board < 8; board++) {
        line("DCGM_FI_PROF_%s{%s} %.6f", ratio, labels(board), random.nextDouble());
      }
    }
    boards("DCGM_FI_PROF_PCIE_TX_BYTES", 900_000_000, 90_000_000);
    boards("DCGM_FI_PROF_PCIE_RX_BYTES", 300_000_000, 90_000_000);
    for (int board = 0; board < 8; board++) {
      energy[board] += 600_000 + random.nextInt(100_000);
      long total = 90_000_000_000L + energy[board];
      line("DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION{%s} %d", labels(board), total);
    }
    return out.toString();
  }

  String vllm() {
    out.setLength(0);
    String model = "engine=\"0\",model_name=\"meta-llama/Llama-3.3-70B-Instruct\"";
    for (String gauge : new String[] {"num_requests_running", "num_requests_waiting"}) {
      line("vllm:%s{%s} %d.0", gauge, model, random.nextInt(256));
    }
    line("vllm:kv_cache_usage_perc{%s} %.4f", model, random.nextDouble());
    for (String counter :
        new String[] {
          "prompt_tokens",
          "generation_tokens",
          "prefix_cache_queries",
          "prefix_cache_hits",
          "num_preemptions"
        }) {
      line("vllm:%s_total{%s} %d.0", counter, model, 1_000_000 + random.nextInt(1_000_000_000));
      line("vllm:%s_created{%s} 1.7640000001e+09", counter, model);
    }
    for (String reason : new String[] {"stop", "length", "abort"}) {
      line(
          "vllm:request_success_total{%s,finished_reason=\"%s\"} %d.0",
          model, reason, random.nextInt(90_000));
    }
    histogram("time_to_first_token_seconds", model, FAST);
    histogram("inter_token_latency_seconds", model, TOKEN);
    for (String part :
        new String[] {
          "e2e_request_latency",
          "request_queue_time",
          "request_inference_time",
          "request_prefill_time",
          "request_decode_time"
        }) {
      histogram(part + "_seconds", model, REQUEST);
    }
    for (String part :
        new String[] {
          "request_prompt_tokens", "request_generation_tokens", "request_max_num_generation_tokens"
        }) {
      histogram(part, model, TOKENS);
    }
    return out.toString();
  }

  private void histogram(String name, String model, double[] bounds) {
    // Latencies cluster: a bell over a third of the buckets, nothing far from it.
    long cumulative = 0;
    double middle = bounds.length * (0.3 + 0.2 * random.nextDouble());
    int index = 0;
    for (double bound : bounds) {
      double far = (index++ - middle) / (bounds.length / 8.0);
      cumulative += Math.round(200_000 * Math.exp(-far * far) * random.nextDouble());
      line("vllm:%s_bucket{%s,le=\"%s\"} %d.0", name, model, bound, cumulative);
    }
    line("vllm:%s_bucket{%s,le=\"+Inf\"} %d.0", name, model, cumulative);
    line("vllm:%s_count{%s} %d.0", name, model, cumulative);
    line("vllm:%s_sum{%s} %.6f", name, model, cumulative * random.nextDouble());
  }

  private void boards(String name, int level, int spread) {
    for (int board = 0; board < 8; board++) {
      line("%s{%s} %d", name, labels(board), level + random.nextInt(spread + 1));
    }
  }

  private static String labels(int board) {
    return ("gpu=\"%d\",UUID=\"GPU-%08x-86f3-7a43-b711-4771313afc50\",pci_bus_id=\"0000%04X:00.0\","
            + "device=\"nvidia%d\",modelName=\"NVIDIA H100 80GB HBM3\",Hostname=\"n1\","
            + "DCGM_FI_DRIVER_VERSION=\"580.95.05\"")
        .formatted(board, board * 0x1d3f77b1L & 0xffffffffL, board, board);
  }

  private void line(String format, Object... arguments) {
    out.append(String.format(Locale.ROOT, format, arguments)).append('\n');
  }
}
