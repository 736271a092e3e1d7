package io.tokenwatt.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.stream.Stream;

/** A page like vLLM's: 240 samples in gauges, counters and histograms, some 21 kB. */
final class VllmBody {

  static final int SAMPLES = 240;

  private static final String LABELS =
      "engine=\"0\",model_name=\"meta-llama/Llama-3.1-70B-Instruct\"";
  private static final String[] BOUNDS = {
    "0.001", "0.005", "0.01", "0.02", "0.04", "0.06", "0.08", "0.1", "0.25", "0.5", "0.75", "1.0",
    "2.5", "5.0", "7.5", "10.0", "20.0", "40.0", "80.0", "160.0", "+Inf"
  };

  private final StringBuilder text = new StringBuilder();
  private final long tick;

  private VllmBody(long tick) {
    this.tick = tick;
  }

  /** The page at that tick; from one to the next the values move and nothing else does. */
  static byte[] at(long tick) {
    return new VllmBody(tick).page().getBytes(StandardCharsets.US_ASCII);
  }

  private String page() {
    // 9 histograms of 23 samples, 33 single ones.
    Stream.of(
            "time_to_first_token_seconds",
            "inter_token_latency_seconds",
            "e2e_request_latency_seconds")
        .forEach(this::histogram);
    Stream.of(
            "request_queue_time_seconds",
            "request_prefill_time_seconds",
            "request_decode_time_seconds")
        .forEach(this::histogram);
    Stream.of("request_prompt_tokens", "request_generation_tokens", "iteration_tokens_total")
        .forEach(this::histogram);
    for (int i = 0; i < 17; i++) {
      family("counter_" + i, "counter");
      sample(
          "counter_" + i + "_total", "", String.format(Locale.ROOT, "%.1f", 1e6 * i + 417 * tick));
    }
    for (int i = 0; i < 16; i++) {
      family("gauge_" + i, "gauge");
      sample("gauge_" + i, "", Double.toString(Math.sin(i + tick) / 2 + 0.5));
    }
    return text.toString();
  }

  private void histogram(String name) {
    family(name, "histogram");
    for (int i = 0; i < BOUNDS.length; i++) {
      sample(name + "_bucket", "le=\"" + BOUNDS[i] + "\",", (100 + i) * (1000 + tick) + ".0");
    }
    sample(name + "_count", "", 120 * (1000 + tick) + ".0");
    sample(name + "_sum", "", Double.toString((1000 + tick) * 17.123456789));
  }

  private void family(String name, String type) {
    text.append("# HELP vllm:").append(name).append(" What vLLM says about it.\n");
    text.append("# TYPE vllm:").append(name).append(' ').append(type).append('\n');
  }

  private void sample(String name, String labels, String value) {
    text.append("vllm:").append(name).append('{').append(labels).append(LABELS).append("} ");
    text.append(value).append('\n');
  }
}
