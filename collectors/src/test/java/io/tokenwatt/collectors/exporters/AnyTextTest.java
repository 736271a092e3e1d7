package io.tokenwatt.collectors.exporters;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.collectors.exposition.Exposition;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever a target answers, reading it never throws and never invents a negative counter. */
class AnyTextTest {
  private static final List<String> NAMES =
      List.of(
          "DCGM_FI_DEV_POWER_USAGE",
          "DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION",
          "gpu_clock",
          "nv_energy_consumption",
          "vllm:generation_tokens_total",
          "vllm:generation_tokens_created",
          "process_start_time_seconds",
          "vllm:e2e_request_latency_seconds_bucket",
          "vllm:e2e_request_latency_seconds_sum",
          "sglang:realtime_tokens_total",
          "node_power_watts");
  private static final List<String> LABELS =
      List.of(
          "UUID", "gpu_uuid", "gpu", "GPU_I_ID", "gpu_partition_id", "model_name", "le", "mode");
  private static final List<String> LABEL_VALUES =
      List.of(
          "",
          "0",
          "-1",
          "99999999999",
          "x",
          "1e999999999",
          "1e-999999999",
          "+Inf",
          "decode",
          "NaN",
          "0.5");
  private static final List<String> VALUES =
      List.of(
          "0",
          "1",
          "-1",
          "NaN",
          "+Inf",
          "-Inf",
          "1e308",
          "9.2e18",
          "1e-308",
          "0.5",
          "9223372036854775794");

  @Test
  void readingNeverThrows() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 3_000; i++) {
      Exposition page = Readouts.text(lines(random));
      for (Exporter exporter : Readouts.CATALOGUE.all()) {
        TargetReading reading = exporter.read(page, "t");
        assertThat(reading.engine().stream().flatMap(e -> e.getSeriesList().stream()))
            .as("seed %d, page %d", seed, i)
            .allSatisfy(s -> assertThat(s.getValuesList()).allMatch(value -> value >= 0))
            .flatMap(s -> s.getHistogramsList())
            .allSatisfy(h -> assertThat(h.getCountsList()).allMatch(count -> count >= 0));
      }
    }
  }

  private static String[] lines(Random random) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      List<String> labels = new ArrayList<>();
      for (String label : LABELS) {
        if (random.nextBoolean()) {
          labels.add(label + "=\"" + any(random, LABEL_VALUES) + "\"");
        }
      }
      lines.add(any(random, NAMES) + "{" + String.join(",", labels) + "} " + any(random, VALUES));
    }
    return lines.toArray(String[]::new);
  }

  private static String any(Random random, List<String> of) {
    return of.get(random.nextInt(of.size()));
  }
}
