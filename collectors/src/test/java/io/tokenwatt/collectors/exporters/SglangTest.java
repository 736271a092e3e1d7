package io.tokenwatt.collectors.exporters;

import static io.tokenwatt.model.proto.EngineMetric.*;
import static io.tokenwatt.model.proto.LatencyMeasure.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.tokenwatt.model.proto.EngineSeries;
import io.tokenwatt.model.proto.Histogram;
import org.junit.jupiter.api.Test;

class SglangTest {

  @Test
  void anOverloadedServerIsReadWholeToTheInfiniteBucket() {
    TargetReading reading = Readouts.ofCorpus("sglang_docs_2025-09.prom");
    assertThat(reading.exporter()).isEqualTo("sglang");
    EngineSeries series = Readouts.onlySeries(reading);
    assertThat(series.getModelName()).isEqualTo("meta-llama/Llama-3.1-8B-Instruct");
    assertThat(Readouts.values(series))
        .containsOnly(
            entry(ENGINE_OUTPUT_TOKENS, 7557572L),
            entry(ENGINE_PROMPT_TOKENS, 8128902L),
            entry(ENGINE_RUNNING, 162L),
            entry(ENGINE_WAITING, 2826L),
            entry(ENGINE_KV_CACHE_USED_PPM, 280000L));
    assertThat(Readouts.engine(reading).getCountsAtFinish()).isTrue();
    Histogram ttft = Readouts.histogram(series, LATENCY_TTFT);
    assertThat(Readouts.observations(ttft)).isEqualTo(11008);
    assertThat(ttft.getSumUs()).isEqualTo(2351897947412L);
    assertThat(ttft.getCounts(ttft.getCountsCount() - 1)).isEqualTo(11008 - 2513);
    Histogram e2e = Readouts.histogram(series, LATENCY_E2E);
    assertThat(Readouts.observations(e2e)).isEqualTo(11228);
    assertThat(e2e.getSumUs()).isEqualTo(3116093850020L);
    Histogram itl = Readouts.histogram(series, LATENCY_ITL);
    assertThat(Readouts.observations(itl)).isEqualTo(7400757);
    assertThat(itl.getSumUs()).isEqualTo(866964579155L);
    assertThat(Readouts.boundsNs(itl)).startsWith(5_000_000);
    assertThat(reading.rejects()).isEmpty();
  }

  @Test
  void theSampleOf2024IsRead() {
    TargetReading reading = Readouts.ofCorpus("sglang_docs_2024-12.prom");
    EngineSeries series = Readouts.onlySeries(reading);
    assertThat(Readouts.values(series))
        .containsEntry(ENGINE_OUTPUT_TOKENS, 8L)
        .containsEntry(ENGINE_PROMPT_TOKENS, 7L)
        .containsEntry(ENGINE_RUNNING, 0L);
    assertThat(Readouts.histogram(series, LATENCY_TTFT).getSumUs()).isEqualTo(304576);
    assertThat(Readouts.histogram(series, LATENCY_E2E).getSumUs()).isEqualTo(305213);
  }

  @Test
  void liveTokensArePreferredAndOtherRanksOfTheSameWorkAreNotAdded() {
    String base = "{model_name=\"m\",engine_type=\"unified\",pp_rank=\"0\",dp_rank=\"1\",";
    TargetReading reading =
        Readouts.of(
            "sglang:generation_tokens_total{model_name=\"m\",is_streaming=\"true\"} 40",
            "sglang:realtime_tokens_total" + base + "tp_rank=\"0\",mode=\"decode\"} 55",
            "sglang:realtime_tokens_total" + base + "tp_rank=\"1\",mode=\"decode\"} 54",
            "sglang:realtime_tokens_total" + base + "tp_rank=\"0\",mode=\"prefill_compute\"} 7",
            "sglang:realtime_tokens_total" + base + "tp_rank=\"0\",mode=\"prefill_cache\"} 3",
            "sglang:num_running_reqs" + base + "tp_rank=\"0\"} 4",
            "sglang:num_running_reqs" + base + "tp_rank=\"1\"} 4",
            "sglang:num_requests_total{model_name=\"m\",is_streaming=\"true\"} 5",
            "sglang:num_requests_total{model_name=\"m\",is_streaming=\"false\"} 6");
    assertThat(Readouts.values(Readouts.series(reading, "m", "1")))
        .containsOnly(
            entry(ENGINE_OUTPUT_TOKENS, 55L),
            entry(ENGINE_PROMPT_TOKENS, 10L),
            entry(ENGINE_PROMPT_TOKENS_CACHED, 3L),
            entry(ENGINE_PROMPT_TOKENS_COMPUTED, 7L),
            entry(ENGINE_RUNNING, 4L));
    assertThat(Readouts.values(Readouts.series(reading, "m", "")))
        .containsOnly(entry(ENGINE_REQUESTS_FINISHED, 11L));
    assertThat(Readouts.engine(reading).getCountsAtFinish()).isFalse();
  }

  @Test
  void cachedTokensAreTheTotalWhereItIsGivenElseTheSum() {
    assertThat(
            cached(
                "sglang:cached_tokens_total{model_name=\"m\",cache_source=\"device\"} 30",
                "sglang:cached_tokens_total{model_name=\"m\",cache_source=\"host\"} 12",
                "sglang:cached_tokens_total{model_name=\"m\",cache_source=\"total\"} 42"))
        .isEqualTo(42);
    assertThat(cached("sglang:cached_tokens_total{model_name=\"m\"} 41")).isEqualTo(41);
  }

  private static long cached(String... lines) {
    return Readouts.values(Readouts.onlySeries(Readouts.of(lines)))
        .get(ENGINE_PROMPT_TOKENS_CACHED);
  }

  @Test
  void theFirstReleasesNamesAreRead() {
    TargetReading reading =
        Readouts.of(
            "sglang:num_requests_running{name=\"m\"} 3",
            "sglang:num_requests_waiting{name=\"m\"} 4");
    assertThat(Readouts.values(Readouts.series(reading, "m", "")))
        .containsOnly(entry(ENGINE_RUNNING, 3L), entry(ENGINE_WAITING, 4L));
  }

  @Test
  void seriesSplitByANewLabelAreAddedBucketByBucket() {
    String ttft = "sglang:time_to_first_token_seconds";
    TargetReading reading =
        Readouts.of(
            ttft + "_sum{model_name=\"m\",is_streaming=\"true\"} 1.5",
            ttft + "_bucket{model_name=\"m\",is_streaming=\"true\",le=\"1.0\"} 2",
            ttft + "_bucket{model_name=\"m\",is_streaming=\"true\",le=\"+Inf\"} 3",
            ttft + "_sum{model_name=\"m\",is_streaming=\"false\"} 2",
            ttft + "_bucket{model_name=\"m\",is_streaming=\"false\",le=\"1\"} 4",
            ttft + "_bucket{model_name=\"m\",is_streaming=\"false\",le=\"+Inf\"} 4");
    Histogram histogram = Readouts.histogram(Readouts.onlySeries(reading), LATENCY_TTFT);
    assertThat(Readouts.boundsNs(histogram)).containsExactly(1_000_000_000L);
    assertThat(histogram.getCountsList()).containsExactly(6L, 1L);
    assertThat(histogram.getSumUs()).isEqualTo(3_500_000);
  }
}
