package io.tokenwatt.quickstart.fleet.text;

import io.tokenwatt.quickstart.fleet.physics.EngineCounters;
import io.tokenwatt.quickstart.fleet.physics.EngineProcess;
import io.tokenwatt.quickstart.fleet.physics.EngineRole;
import io.tokenwatt.quickstart.fleet.physics.FinishReason;
import java.util.Arrays;
import java.util.List;

/**
 * The /metrics page of a vLLM V1 server, names and help texts of vllm/v1/metrics/loggers.py of
 * 2026-08. Not thread-safe.
 */
public final class VllmText implements EngineText {
  private static final String SOURCE = "source=\"%s\",";
  private static final List<String> SOURCES =
      List.of(
          SOURCE.formatted("local_compute"),
          SOURCE.formatted("local_cache_hit"),
          SOURCE.formatted("external_kv_transfer"));

  private final EngineProcess engine;
  private List<VllmPage.Piece> pieces;
  private int blockSize;
  private int lastLength = 16_384;

  public VllmText(EngineProcess engine) {
    this.engine = engine;
    lay();
  }

  /** The page's text; only the values change until the process is another. */
  private void lay() {
    VllmPage page = new VllmPage(engine);
    blockSize = engine.blockSize();
    process(page, engine);
    scheduler(page);
    counters(page, engine.role());
    sizes(page);
    latencies(page);
    cacheConfig(page, engine);
    pieces = List.copyOf(page.pieces());
  }

  @Override
  public byte[] render(long nowUs) {
    if (engine.blockSize() != blockSize) {
      lay();
    }
    TextOut out = new TextOut(lastLength + 512);
    for (VllmPage.Piece piece : pieces) {
      out.put(piece.before());
      piece.value().put(out, nowUs);
    }
    out.put('\n');
    byte[] text = out.toBytes();
    lastLength = text.length;
    return text;
  }

  private static void process(VllmPage page, EngineProcess engine) {
    page.single(
        "python_info",
        "gauge",
        "Python platform information",
        "{implementation=\"CPython\",major=\"3\",minor=\"12\",patchlevel=\"11\",version=\"3.12.11\"}",
        (out, nowUs) -> out.put("1.0"));
    page.single(
        "process_virtual_memory_bytes",
        "gauge",
        "Virtual memory size in bytes.",
        "",
        (out, nowUs) -> PythonNumbers.putCount(out, 29_874_913_280L));
    page.single(
        "process_resident_memory_bytes",
        "gauge",
        "Resident memory size in bytes.",
        "",
        (out, nowUs) -> PythonNumbers.putCount(out, 3_514_204_160L));
    page.single(
        "process_start_time_seconds",
        "gauge",
        "Start time of the process since unix epoch in seconds.",
        "",
        // The kernel gives it in ticks of 10 ms.
        (out, nowUs) ->
            PythonNumbers.putScaled(out, engine.processStartUs() / 10_000 * 10_000, 1_000_000));
    page.single(
        "process_cpu_seconds_total",
        "counter",
        "Total user and system CPU time spent in seconds.",
        "",
        (out, nowUs) ->
            PythonNumbers.putScaled(
                out, (nowUs - engine.processStartUs()) / 14 / 10_000 * 10_000, 1_000_000));
    page.single(
        "process_open_fds",
        "gauge",
        "Number of open file descriptors.",
        "",
        (out, nowUs) -> out.put("84.0"));
    page.single(
        "process_max_fds",
        "gauge",
        "Maximum number of open file descriptors.",
        "",
        (out, nowUs) -> PythonNumbers.putCount(out, 1_048_576));
  }

  private static void scheduler(VllmPage page) {
    page.gauge(
        "vllm:num_requests_running",
        "Number of requests in model execution batches.",
        rank -> (out, nowUs) -> PythonNumbers.putCount(out, rank.running()));
    page.gauge(
        "vllm:num_requests_waiting",
        "Number of requests waiting to be processed.",
        rank -> (out, nowUs) -> PythonNumbers.putCount(out, rank.waiting()));
    page.gauge(
        "vllm:kv_cache_usage_perc",
        "KV-cache usage. 1 means 100 percent usage.",
        rank -> (out, nowUs) -> PythonNumbers.putDouble(out, rank.kvUsage()));
  }

  private static void counters(VllmPage page, EngineRole role) {
    page.counter(
        "vllm:prefix_cache_queries",
        "Prefix cache queries, in terms of number of queried tokens.",
        EngineCounters::promptTokens);
    page.counter(
        "vllm:prefix_cache_hits",
        "Prefix cache hits, in terms of number of cached tokens.",
        EngineCounters::cachedTokens);
    if (role == EngineRole.DECODE) {
      // There with a KV connector only.
      page.counter(
          "vllm:external_prefix_cache_queries",
          "External prefix cache queries from KV connector cross-instance cache sharing, in terms of number of queried tokens.",
          EngineCounters::promptTokens);
      page.counter(
          "vllm:external_prefix_cache_hits",
          "External prefix cache hits from KV connector cross-instance cache sharing, in terms of number of cached tokens.",
          EngineCounters::transferredTokens);
    }
    page.counter(
        "vllm:num_preemptions",
        "Cumulative number of preemption from the engine.",
        EngineCounters::preemptions);
    page.counter(
        "vllm:prompt_tokens", "Number of prefill tokens processed.", EngineCounters::promptTokens);
    page.counter(
        "vllm:prompt_tokens_by_source",
        "Number of prompt tokens by source.",
        SOURCES,
        label ->
            switch (SOURCES.indexOf(label)) {
              case 0 -> EngineCounters::computedTokens;
              case 1 -> EngineCounters::cachedTokens;
              default -> EngineCounters::transferredTokens;
            });
    page.counter(
        "vllm:prompt_tokens_cached",
        "Number of cached prompt tokens (local + external).",
        c -> c.cachedTokens() + c.transferredTokens());
    page.counter(
        "vllm:generation_tokens",
        "Number of generation tokens processed.",
        EngineCounters::outputTokens);
    List<String> reasons =
        Arrays.stream(FinishReason.values())
            .map(reason -> "finished_reason=\"" + reason.label() + "\",")
            .toList();
    page.counter(
        "vllm:request_success",
        "Count of successfully processed requests.",
        reasons,
        label -> c -> c.finished(FinishReason.values()[reasons.indexOf(label)]));
  }

  private static void sizes(VllmPage page) {
    page.histogram(
        "vllm:request_prompt_tokens", "Number of prefill tokens processed.", c -> c.promptTokens);
    page.histogram(
        "vllm:request_generation_tokens",
        "Number of generation tokens processed.",
        c -> c.generationTokens);
    page.histogram(
        "vllm:iteration_tokens_total",
        "Histogram of number of tokens per engine_step.",
        c -> c.iterationTokens);
  }

  private static void latencies(VllmPage page) {
    page.histogram(
        "vllm:time_to_first_token_seconds",
        "Histogram of time to first token in seconds.",
        c -> c.ttft);
    page.histogram(
        "vllm:inter_token_latency_seconds",
        "Histogram of inter-token latency in seconds.",
        c -> c.interToken);
    page.histogram(
        "vllm:request_time_per_output_token_seconds",
        "Histogram of time_per_output_token_seconds per request.",
        c -> c.perOutputToken);
    page.histogram(
        "vllm:e2e_request_latency_seconds",
        "Histogram of e2e request latency in seconds.",
        c -> c.endToEnd);
    page.histogram(
        "vllm:request_queue_time_seconds",
        "Histogram of time spent in WAITING phase for request.",
        c -> c.queue);
    page.histogram(
        "vllm:request_inference_time_seconds",
        "Histogram of time spent in RUNNING phase for request.",
        c -> c.inference);
    page.histogram(
        "vllm:request_prefill_time_seconds",
        "Histogram of time spent in PREFILL phase for request.",
        c -> c.prefill);
    page.histogram(
        "vllm:request_decode_time_seconds",
        "Histogram of time spent in DECODE phase for request.",
        c -> c.decode);
  }

  private static void cacheConfig(VllmPage page, EngineProcess engine) {
    String labels =
        "{block_size=\"%d\",cache_dtype=\"auto\",enable_prefix_caching=\"True\",engine=\"0\",gpu_memory_utilization=\"0.9\",num_cpu_blocks=\"None\",num_gpu_blocks=\"%d\",num_gpu_blocks_override=\"None\",sliding_window=\"None\"}"
            .formatted(engine.blockSize(), engine.kvBlocks());
    page.single(
        "vllm:cache_config_info",
        "gauge",
        "Information of the LLMEngine CacheConfig",
        labels,
        (out, nowUs) -> out.put("1.0"));
  }
}
