package io.tokenwatt.collectors.exporters;

import static io.tokenwatt.model.proto.EngineMetric.*;
import static io.tokenwatt.model.proto.LatencyMeasure.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.tokenwatt.collectors.exposition.Reject;
import io.tokenwatt.model.proto.EngineSeries;
import io.tokenwatt.model.proto.Histogram;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VllmTest {

  @Test
  void aWholePageOfV0IsRead() {
    TargetReading reading = Readouts.ofCorpus("vllm_v0_datadog.prom");
    assertThat(reading.exporter()).isEqualTo("vllm");
    EngineSeries series = Readouts.onlySeries(reading);
    assertThat(series.getModelName()).isEqualTo("facebook/opt-125m");
    assertThat(series.getRank()).isEmpty();
    assertThat(Readouts.values(series))
        .containsOnly(
            entry(ENGINE_OUTPUT_TOKENS, 7L),
            entry(ENGINE_PROMPT_TOKENS, 5L),
            entry(ENGINE_REQUESTS_FINISHED, 1L),
            entry(ENGINE_RUNNING, 0L),
            entry(ENGINE_WAITING, 0L),
            entry(ENGINE_KV_CACHE_USED_PPM, 0L),
            entry(ENGINE_PREEMPTIONS, 0L));
    assertThat(Readouts.engine(reading).getStartedAtMs()).isEqualTo(1718140558300L);
    assertThat(Readouts.engine(reading).getInstance()).isEqualTo("t1");
    assertThat(Readouts.engine(reading).getKind()).isEqualTo("vllm");
    assertThat(Readouts.engine(reading).getCountsAtFinish()).isFalse();
    assertThat(Readouts.engine(reading).getInfoMap())
        .containsEntry("block_size", "16")
        .containsEntry("num_gpu_blocks", "7281");
    assertThat(reading.rejects()).isEmpty();
    assertThat(reading.gpus()).isEmpty();
  }

  @Test
  void histogramsAreCountsPerBucketWithBoundsInNanoseconds() {
    EngineSeries series = Readouts.onlySeries(Readouts.ofCorpus("vllm_v0_datadog.prom"));
    Histogram ttft = Readouts.histogram(series, LATENCY_TTFT);
    assertThat(Readouts.boundsNs(ttft))
        .startsWith(1_000_000L, 5_000_000L, 10_000_000L)
        .endsWith(7_500_000_000L, 10_000_000_000L)
        .hasSize(16);
    // One observation, in (0.25 s, 0.5 s].
    assertThat(ttft.getCountsList())
        .isEqualTo(List.of(0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 1L, 0L, 0L, 0L, 0L, 0L, 0L, 0L));
    assertThat(ttft.getSumUs()).isEqualTo(313267);
    assertThat(Readouts.histogram(series, LATENCY_E2E).getSumUs()).isEqualTo(503430);
    Histogram itl = Readouts.histogram(series, LATENCY_ITL);
    assertThat(Readouts.observations(itl)).isEqualTo(6);
    assertThat(itl.getSumUs()).isEqualTo(190163);
  }

  @Test
  void aHistogramNamedTotalAndAUnixTimeGaugeMisleadNobody() {
    TargetReading reading = Readouts.ofCorpus("vllm_v0_aibrix_docs.prom");
    assertThat(Readouts.values(Readouts.onlySeries(reading)))
        .containsEntry(ENGINE_OUTPUT_TOKENS, 955L)
        .containsEntry(ENGINE_PROMPT_TOKENS, 148L)
        .containsEntry(ENGINE_REQUESTS_FINISHED, 4L)
        .doesNotContainKey(ENGINE_PROMPT_TOKENS_CACHED);
    assertThat(Readouts.engine(reading).getStartedAtMs()).isZero();
    assertThat(Readouts.engine(reading).getInfoMap()).containsEntry("num_gpu_blocks", "81767");
    assertThat(reading.rejects()).isEmpty();
  }

  @Test
  void aHistogramWithoutInfIsRejectedAndTheRestIsRead() {
    TargetReading reading = Readouts.ofCorpus("vllm_v1_design_doc_excerpt.prom");
    EngineSeries series = Readouts.onlySeries(reading);
    assertThat(Readouts.values(series))
        .containsOnly(
            entry(ENGINE_OUTPUT_TOKENS, 27453L),
            entry(ENGINE_REQUESTS_FINISHED, 132L),
            entry(ENGINE_REQUESTS_ABORTED, 0L),
            entry(ENGINE_RUNNING, 8L));
    assertThat(series.getHistogramsCount()).isZero();
    assertThat(reading.rejects()).hasSize(1);
    assertThat(reading.rejects().get(0).reason()).isEqualTo("histogram without a +Inf bucket");
    assertThat(reading.rejects().get(0).line()).isEqualTo(14);
    assertThat(reading.rejects().get(0).text()).startsWith("vllm:time_to_first_token_seconds");
  }

  @Test
  void dataParallelRanksAreSeparateSeries() {
    TargetReading reading =
        Readouts.of(
            "vllm:generation_tokens_total{engine=\"0\",model_name=\"m\"} 10",
            "vllm:generation_tokens_total{engine=\"1\",model_name=\"m\"} 32",
            "vllm:generation_tokens_created{engine=\"0\",model_name=\"m\"} 1.7e9",
            "vllm:prompt_tokens_created{engine=\"0\",model_name=\"m\"} 1.6999999995e9",
            "vllm:prompt_tokens_by_source_total{engine=\"0\",model_name=\"m\",source=\"local_compute\"} 5",
            "vllm:prompt_tokens_by_source_total{engine=\"0\",model_name=\"m\",source=\"local_cache_hit\"} 6",
            "vllm:prompt_tokens_by_source_total{engine=\"0\",model_name=\"m\",source=\"external_kv_transfer\"} 7",
            "vllm:prompt_tokens_cached_total{engine=\"0\",model_name=\"m\"} 13",
            "vllm:prefix_cache_hits_total{engine=\"0\",model_name=\"m\"} 99",
            "vllm:kv_cache_usage_perc{engine=\"0\",model_name=\"m\"} 0.375");
    assertThat(Readouts.values(Readouts.series(reading, "m", "0")))
        .containsOnly(
            entry(ENGINE_OUTPUT_TOKENS, 10L),
            entry(ENGINE_PROMPT_TOKENS_COMPUTED, 5L),
            entry(ENGINE_PROMPT_TOKENS_TRANSFERRED, 7L),
            entry(ENGINE_PROMPT_TOKENS_CACHED, 13L),
            entry(ENGINE_KV_CACHE_USED_PPM, 375000L));
    assertThat(Readouts.values(Readouts.series(reading, "m", "1")))
        .containsOnly(entry(ENGINE_OUTPUT_TOKENS, 32L));
    assertThat(Readouts.engine(reading).getStartedAtMs()).isEqualTo(1699999999500L);
  }

  @Test
  void whileBothNamesOfTheItlStandItIsReadOnce() {
    TargetReading reading =
        Readouts.of(
            "vllm:time_per_output_token_seconds_bucket{model_name=\"m\",le=\"+Inf\"} 7",
            "vllm:time_per_output_token_seconds_sum{model_name=\"m\"} 1",
            "vllm:inter_token_latency_seconds_bucket{model_name=\"m\",le=\"+Inf\"} 6",
            "vllm:inter_token_latency_seconds_sum{model_name=\"m\"} 1");
    assertThat(Readouts.onlySeries(reading).getHistogramsList())
        .singleElement()
        .satisfies(h -> assertThat(h.getCountsList()).containsExactly(6L));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ray_vllm:", "ray_vllm_"})
  void behindRayServeTheReplicasOfANodeAreSeparate(String prefix) {
    TargetReading reading =
        Readouts.of(
            prefix
                + "generation_tokens_total{model_name=\"m\",WorkerId=\"w1\",Version=\"2.50\"} 10",
            prefix + "generation_tokens{model_name=\"m\",WorkerId=\"w1\",Version=\"2.50\"} 10",
            prefix + "generation_tokens_total{model_name=\"m\",engine=\"0\",WorkerId=\"w2\"} 20",
            prefix
                + "request_success_total{model_name=\"m\",WorkerId=\"w1\",finished_reason=\"error\"} 2");
    assertThat(reading.exporter()).isEqualTo("vllm");
    assertThat(Readouts.values(Readouts.series(reading, "m", "w1")))
        .containsOnly(
            entry(ENGINE_OUTPUT_TOKENS, 10L),
            entry(ENGINE_REQUESTS_FINISHED, 2L),
            entry(ENGINE_REQUESTS_FAILED, 2L));
    assertThat(Readouts.values(Readouts.series(reading, "m", "0/w2")))
        .containsOnly(entry(ENGINE_OUTPUT_TOKENS, 20L));
  }

  @Test
  void anEngineBeforeItsFirstRequestIsAnEngineWithoutSeries() {
    TargetReading reading =
        Readouts.of(
            "# TYPE vllm:generation_tokens_total counter",
            "process_start_time_seconds 1718140558.3");
    assertThat(reading.exporter()).isEqualTo("vllm");
    assertThat(Readouts.engine(reading).getSeriesList()).isEmpty();
    assertThat(Readouts.engine(reading).getStartedAtMs()).isEqualTo(1718140558300L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "-1", "1.5", "+Inf", "1e30"})
  void aTokenCounterThatIsNoCountIsRejected(String value) {
    TargetReading reading =
        Readouts.of("", "vllm:generation_tokens_total{model_name=\"m\"} " + value);
    assertThat(Readouts.engine(reading).getSeriesList()).isEmpty();
    assertThat(reading.rejects()).extracting(Reject::line).containsExactly(2);
  }
}
