package io.tokenwatt.quickstart.bench.page;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A vLLM V1 page of 240 series (names, labels and buckets as in vLLM's loggers.py). A function of
 * the tick alone, in whole numbers, so that whoever reads it can be checked.
 */
public final class EnginePage {
  public static final int SERIES = 240;

  private static final String LABELS =
      "engine=\"0\",model_name=\"meta-llama/Llama-3.3-70B-Instruct\"";
  private static final String[] TTFT =
      words(
          "0.001 0.005 0.01 0.02 0.04 0.06 0.08 0.1 0.25 0.5 0.75 1.0 2.5 5.0 7.5 10.0 20.0 40.0"
              + " 80.0 160.0 640.0 2560.0");
  private static final String[] TOKEN =
      words(
          "0.01 0.025 0.05 0.075 0.1 0.15 0.2 0.3 0.4 0.5 0.75 1.0 2.5 5.0 7.5 10.0 20.0 40.0"
              + " 80.0");
  private static final String[] REQUEST =
      words(
          "0.3 0.5 0.8 1.0 1.5 2.0 2.5 5.0 10.0 15.0 20.0 30.0 40.0 50.0 60.0 120.0 240.0 480.0"
              + " 960.0 1920.0 7680.0");
  private static final String[] TOKENS =
      words(
          "1.0 2.0 5.0 10.0 20.0 50.0 100.0 200.0 500.0 1000.0 2000.0 5000.0 10000.0 20000.0"
              + " 50000.0 100000.0");
  private static final String[] STEP =
      words("1.0 8.0 16.0 32.0 64.0 128.0 256.0 512.0 1024.0 2048.0 4096.0 8192.0 16384.0");

  private final StringBuilder text = new StringBuilder(32_768);
  private final long tick;

  private EnginePage(long tick) {
    this.tick = tick;
  }

  public static byte[] at(long tick) {
    return new EnginePage(tick).page().getBytes(StandardCharsets.US_ASCII);
  }

  public static long outputTokens(long tick) {
    return 5_000_000 + 4_217 * tick;
  }

  public static long promptTokens(long tick) {
    return 9_000_000 + 11_003 * tick;
  }

  /** Observations of each latency. */
  public static long observations(long tick) {
    return 20_000 + 23 * tick;
  }

  private String page() {
    plain("num_requests_running", "gauge", "", Long.toString(100 + tick % 29));
    plain("num_requests_waiting", "gauge", "", Long.toString(tick % 7));
    plain("kv_cache_usage_perc", "gauge", "", String.format(Locale.ROOT, "0.%04d", tick % 10_000));
    counter("prompt_tokens", promptTokens(tick));
    counter("generation_tokens", outputTokens(tick));
    counter("prefix_cache_queries", 7_000_000 + 10_009 * tick);
    counter("prefix_cache_hits", 3_000_000 + 6_007 * tick);
    counter("num_preemptions", tick / 60);
    for (String reason : new String[] {"stop", "length", "abort"}) {
      plain(
          "request_success_total",
          "counter",
          ",finished_reason=\"" + reason + '"',
          observations(tick) / 3 + ".0");
    }
    histogram("time_to_first_token_seconds", TTFT);
    histogram("inter_token_latency_seconds", TOKEN);
    for (String part : words("e2e_request_latency request_queue_time request_inference_time")) {
      histogram(part + "_seconds", REQUEST);
    }
    histogram("request_prefill_time_seconds", REQUEST);
    histogram("request_decode_time_seconds", REQUEST);
    histogram("request_prompt_tokens", TOKENS);
    histogram("request_generation_tokens", TOKENS);
    histogram("iteration_tokens_total", STEP);
    text.append("# TYPE vllm:cache_config_info gauge\nvllm:cache_config_info{block_size=\"16\",");
    text.append("cache_dtype=\"auto\",num_gpu_blocks=\"27906\"} 1.0\n");
    text.append("process_start_time_seconds 1.76370000017e+09\n");
    text.append("process_resident_memory_bytes 3.1415926e+09\n");
    return text.toString();
  }

  private void counter(String name, long value) {
    plain(name + "_total", "counter", "", value + ".0");
    plain(name + "_created", "gauge", "", "1.7637000012345e+09");
  }

  private void plain(String name, String type, String label, String value) {
    text.append("# HELP vllm:").append(name).append(" What vLLM says about it.\n");
    text.append("# TYPE vllm:").append(name).append(' ').append(type).append('\n');
    text.append("vllm:").append(name).append('{').append(LABELS).append(label).append("} ");
    text.append(value).append('\n');
  }

  /** All observations lie in the third quarter of the buckets, half of them above its middle. */
  private void histogram(String name, String[] bounds) {
    text.append("# HELP vllm:").append(name).append(" What vLLM says about it.\n");
    text.append("# TYPE vllm:").append(name).append(" histogram\n");
    long all = observations(tick);
    for (int i = 0; i <= bounds.length; i++) {
      int from = bounds.length / 2;
      int to = 3 * bounds.length / 4;
      long count = i < from ? 0 : i >= to ? all : all * (i - from + 1) / (to - from + 1);
      line(name, "_bucket", i < bounds.length ? bounds[i] : "+Inf", count + ".0");
    }
    line(name, "_count", null, all + ".0");
    line(name, "_sum", null, all / 4 + ".25");
  }

  private void line(String name, String suffix, String bound, String value) {
    text.append("vllm:").append(name).append(suffix).append('{').append(LABELS);
    if (bound != null) {
      text.append(",le=\"").append(bound).append('"');
    }
    text.append("} ").append(value).append('\n');
  }

  private static String[] words(String text) {
    return text.split(" ");
  }
}
