package io.tokenwatt.collectors.exporters;

import static io.tokenwatt.model.proto.EngineMetric.*;
import static io.tokenwatt.model.proto.GpuMetric.*;
import static io.tokenwatt.model.proto.LatencyMeasure.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.tokenwatt.collectors.exposition.Reject;
import io.tokenwatt.model.proto.EngineSeries;
import io.tokenwatt.model.proto.Histogram;
import org.junit.jupiter.api.Test;

class OtherEnginesTest {

  @Test
  void tgiHasNoModelAndCountsWhenARequestEnds() {
    TargetReading reading = Readouts.ofCorpus("tgi_datadog.prom");
    assertThat(reading.exporter()).isEqualTo("tgi");
    EngineSeries series = Readouts.onlySeries(reading);
    assertThat(series.getModelName()).isEmpty();
    assertThat(Readouts.values(series))
        .containsOnly(
            entry(ENGINE_OUTPUT_TOKENS, 3423L),
            entry(ENGINE_PROMPT_TOKENS, 662L),
            entry(ENGINE_REQUESTS_FINISHED, 111L),
            entry(ENGINE_REQUESTS_FAILED, 2L),
            entry(ENGINE_RUNNING, 0L),
            entry(ENGINE_WAITING, 0L));
    assertThat(Readouts.engine(reading).getCountsAtFinish()).isTrue();
    Histogram e2e = Readouts.histogram(series, LATENCY_E2E);
    assertThat(Readouts.observations(e2e)).isEqualTo(109);
    assertThat(e2e.getSumUs()).isEqualTo(541214032);
    Histogram queue = Readouts.histogram(series, LATENCY_QUEUE);
    assertThat(Readouts.boundsNs(queue)).hasSize(35).startsWith(150_000L, 225_000L, 337_500L);
    assertThat(queue.getCounts(0)).isEqualTo(9);
    assertThat(queue.getCounts(15)).isEqualTo(8);
    assertThat(queue.getCounts(24)).isEqualTo(26);
    assertThat(queue.getSumUs()).isEqualTo(295275962);
    Histogram tpot = Readouts.histogram(series, LATENCY_TPOT);
    assertThat(tpot.getCounts(15)).isEqualTo(9);
    assertThat(tpot.getCounts(16)).isEqualTo(100);
    assertThat(tpot.getSumUs()).isEqualTo(8643161);
    assertThat(reading.rejects()).isEmpty();
  }

  @Test
  void teiCountsPromptTokensOnly() {
    TargetReading reading =
        Readouts.of(
            "te_request_success{method=\"batch\"} 2",
            "te_request_failure{err=\"tokenization\"} 1",
            "te_request_input_length_sum 22",
            "te_batch_next_tokens_sum 22",
            "te_queue_size 0",
            "te_request_duration_bucket{le=\"0.1\"} 1",
            "te_request_duration_bucket{le=\"+Inf\"} 2",
            "te_request_duration_sum 0.25");
    assertThat(reading.exporter()).isEqualTo("tei");
    EngineSeries series = Readouts.onlySeries(reading);
    assertThat(Readouts.values(series))
        .containsOnly(
            entry(ENGINE_PROMPT_TOKENS, 22L),
            entry(ENGINE_PROMPT_TOKENS_COMPUTED, 22L),
            entry(ENGINE_REQUESTS_FINISHED, 3L),
            entry(ENGINE_REQUESTS_FAILED, 1L),
            entry(ENGINE_WAITING, 0L));
    assertThat(Readouts.histogram(series, LATENCY_E2E).getCountsList()).containsExactly(1L, 1L);
  }

  @Test
  void tritonTellsOfBoardsAndOfModels() {
    TargetReading reading = Readouts.ofCorpus("triton_datadog.prom");
    assertThat(reading.exporter()).isEqualTo("triton");
    assertThat(reading.gpus()).hasSize(1);
    GpuRowReading row = reading.gpus().get(0);
    assertThat(row.id()).hasToString("GPU-951eeeeb-d284-d263-688e-d98a5306389b");
    assertThat(row.index()).isEqualTo(-1);
    assertThat(row.modelName()).isEmpty();
    assertThat(row.values())
        .containsOnly(
            entry(GPU_ENERGY_MILLIJOULES, 4879631328L),
            entry(GPU_POWER_MILLIWATTS, 32090L),
            entry(GPU_POWER_LIMIT_MILLIWATTS, 70000L),
            entry(GPU_UTIL_PPM, 0L),
            entry(GPU_MEMORY_USED_KIB, 260096L));
    assertThat(Readouts.engine(reading).getSeriesList()).hasSize(8);
    assertThat(Readouts.values(Readouts.series(reading, "densenet_onnx", "")))
        .containsOnly(
            entry(ENGINE_REQUESTS_FINISHED, 3L),
            entry(ENGINE_REQUESTS_FAILED, 0L),
            entry(ENGINE_WAITING, 0L));
    assertThat(reading.rejects()).isEmpty();
  }

  @Test
  void tritonsZeroWattsAreNoReading() {
    TargetReading reading = Readouts.of("nv_gpu_power_usage{gpu_uuid=\"GPU-1\"} 0");
    assertThat(reading.gpus().get(0).values()).isEmpty();
    assertThat(reading.rejects()).isEmpty();
  }

  @Test
  void tensorRtLlmBehindTritonHasQueuesAndNoTokens() {
    TargetReading reading = Readouts.ofCorpus("triton_trtllm_inflight.prom");
    assertThat(reading.exporter()).isEqualTo("triton");
    assertThat(Readouts.values(Readouts.series(reading, "tensorrt_llm", "")))
        .containsOnly(
            entry(ENGINE_RUNNING, 1L),
            entry(ENGINE_WAITING, 1L),
            entry(ENGINE_KV_CACHE_USED_PPM, 487500L));
  }

  @Test
  void theStepsAroundATritonModelAreNotRequestsOfTheirOwn() {
    TargetReading reading =
        Readouts.of(
            "nv_inference_request_success{model=\"ensemble\",version=\"1\"} 5",
            "nv_inference_request_success{model=\"preprocessing\",version=\"1\"} 5",
            "nv_inference_request_success{model=\"tensorrt_llm\",version=\"1\"} 5",
            "nv_inference_request_failure{model=\"tensorrt_llm\",version=\"1\",reason=\"CANCELED\"} 2",
            "nv_inference_request_failure{model=\"tensorrt_llm\",version=\"1\",reason=\"BACKEND\"} 1");
    assertThat(Readouts.values(Readouts.onlySeries(reading)))
        .containsOnly(
            entry(ENGINE_REQUESTS_FINISHED, 8L),
            entry(ENGINE_REQUESTS_ABORTED, 2L),
            entry(ENGINE_REQUESTS_FAILED, 1L));
  }

  @Test
  void vllmBehindTritonIsCountedOnce() {
    TargetReading reading =
        Readouts.of(
            "vllm:generation_tokens_total{model=\"m\",version=\"1\"} 70",
            "vllm:time_to_first_token_seconds_count{model=\"m\",version=\"1\"} 1",
            "vllm:time_to_first_token_seconds_sum{model=\"m\",version=\"1\"} 0.25",
            "vllm:time_to_first_token_seconds_bucket{model=\"m\",version=\"1\",le=\"0.5\"} 1",
            "vllm:time_to_first_token_seconds_bucket{model=\"m\",version=\"1\",le=\"+Inf\"} 1",
            "vllm:request_success_total{model=\"m\",version=\"1\",finished_reason=\"stop\"} 3",
            "nv_inference_request_success{model=\"m\",version=\"1\"} 4",
            "nv_inference_request_success{model=\"other\",version=\"1\"} 9");
    assertThat(reading.exporter()).isEqualTo("triton");
    assertThat(Readouts.values(Readouts.series(reading, "m", "")))
        .containsOnly(entry(ENGINE_OUTPUT_TOKENS, 70L), entry(ENGINE_REQUESTS_FINISHED, 3L));
    assertThat(Readouts.histogram(Readouts.series(reading, "m", ""), LATENCY_TTFT).getSumUs())
        .isEqualTo(250000);
    assertThat(Readouts.values(Readouts.series(reading, "other", "")))
        .containsOnly(entry(ENGINE_REQUESTS_FINISHED, 9L));
  }

  @Test
  void millisecondBoundsBecomeNanoseconds() {
    String family = "nv_inference_first_response_histogram_ms";
    TargetReading reading =
        Readouts.of(
            family + "_bucket{model=\"m\",version=\"1\",le=\"100\"} 1",
            family + "_bucket{model=\"m\",version=\"1\",le=\"+Inf\"} 2",
            family + "_sum{model=\"m\",version=\"1\"} 250.5");
    Histogram ttft = Readouts.histogram(Readouts.onlySeries(reading), LATENCY_TTFT);
    assertThat(Readouts.boundsNs(ttft)).containsExactly(100_000_000L);
    assertThat(ttft.getSumUs()).isEqualTo(250500);
  }

  @Test
  void tensorRtLlmIsReadAndItsTruncatedHistogramsAreNamed() {
    TargetReading reading = Readouts.ofCorpus("trtllm_dynamo_docs.prom");
    assertThat(reading.exporter()).isEqualTo("tensorrt_llm");
    EngineSeries series = Readouts.onlySeries(reading);
    assertThat(series.getModelName()).isEqualTo("Qwen/Qwen3-0.6B");
    assertThat(Readouts.values(series)).containsOnly(entry(ENGINE_REQUESTS_FINISHED, 155L));
    assertThat(series.getHistogramsCount()).isZero();
    assertThat(reading.rejects())
        .extracting(Reject::reason)
        .containsOnly("histogram without a +Inf bucket")
        .hasSize(4);
  }

  @Test
  void tensorRtLlmsTokensAndThePrefixOfDynamo07AreRead() {
    TargetReading reading =
        Readouts.of(
            "trtllm:request_success_total{model_name=\"m\",finished_reason=\"stop\"} 1",
            "trtllm_generation_tokens_total{model_name=\"m\"} 7",
            "trtllm_prompt_tokens_total{model_name=\"m\"} 9",
            "trtllm_prompt_cached_tokens_total{model_name=\"m\"} 4",
            "trtllm_prompt_cache_hit_tokens_total{model_name=\"m\"} 5",
            "trtllm_kv_cache_utilization{model_name=\"m\"} 0.25");
    assertThat(Readouts.values(Readouts.onlySeries(reading)))
        .containsOnly(
            entry(ENGINE_REQUESTS_FINISHED, 1L),
            entry(ENGINE_OUTPUT_TOKENS, 7L),
            entry(ENGINE_PROMPT_TOKENS, 9L),
            entry(ENGINE_PROMPT_TOKENS_CACHED, 4L),
            entry(ENGINE_KV_CACHE_USED_PPM, 250000L));
  }

  @Test
  void llamaCppsPromptTokensAreThoseItComputed() {
    TargetReading reading =
        Readouts.of(
            "llamacpp:prompt_tokens_total 1.42315e+06",
            "llamacpp:tokens_predicted_total 955",
            "llamacpp:requests_processing 1",
            "llamacpp:requests_deferred 0",
            "llamacpp:n_busy_slots_per_decode 1.5");
    assertThat(reading.exporter()).isEqualTo("llamacpp");
    assertThat(Readouts.values(Readouts.onlySeries(reading)))
        .containsOnly(
            entry(ENGINE_PROMPT_TOKENS_COMPUTED, 1423150L),
            entry(ENGINE_OUTPUT_TOKENS, 955L),
            entry(ENGINE_RUNNING, 1L),
            entry(ENGINE_WAITING, 0L));
  }

  @Test
  void nimIsVllmWithoutItsPrefix() {
    TargetReading reading =
        Readouts.of(
            "num_request_max{model_name=\"m\"} 256",
            "generation_tokens_total{model_name=\"m\"} 12",
            "request_finish_total{model_name=\"m\",finished_reason=\"stop\"} 3",
            "request_success_total{model_name=\"m\"} 3",
            "gpu_cache_usage_perc{model_name=\"m\"} 0.5");
    assertThat(reading.exporter()).isEqualTo("nim");
    assertThat(Readouts.CATALOGUE.byName("nim").orElseThrow().path()).isEqualTo("/v1/metrics");
    assertThat(Readouts.values(Readouts.onlySeries(reading)))
        .containsOnly(
            entry(ENGINE_OUTPUT_TOKENS, 12L),
            entry(ENGINE_REQUESTS_FINISHED, 3L),
            entry(ENGINE_KV_CACHE_USED_PPM, 500000L));
  }

  @Test
  void aDynamoComponentWithoutAnEngineTellsOfRequestsOnly() {
    TargetReading reading = Readouts.ofCorpus("dynamo_component_system_metrics.prom");
    assertThat(reading.exporter()).isEqualTo("dynamo_worker");
    EngineSeries series = Readouts.onlySeries(reading);
    assertThat(Readouts.values(series))
        .containsOnly(entry(ENGINE_REQUESTS_FINISHED, 3L), entry(ENGINE_RUNNING, 0L));
    Histogram e2e = Readouts.histogram(series, LATENCY_E2E);
    assertThat(e2e.getCountsList()).startsWith(3L, 0L).hasSize(12);
    assertThat(e2e.getSumUs()).isEqualTo(488);
  }

  @Test
  void aDynamoWorkersTokensAreItsEnginesAndRequestsAreCountedOnce() {
    TargetReading reading =
        Readouts.of(
            "dynamo_component_requests_total{dynamo_component=\"backend\"} 9",
            "vllm:request_success_total{model_name=\"m\",engine=\"0\",finished_reason=\"stop\"} 8",
            "vllm:generation_tokens_total{model_name=\"m\",engine=\"0\"} 70",
            "dynamo_component_gpu_cache_usage_percent{model=\"m\"} 0.5");
    assertThat(reading.exporter()).isEqualTo("dynamo_worker");
    assertThat(Readouts.values(Readouts.series(reading, "m", "0")))
        .containsOnly(entry(ENGINE_OUTPUT_TOKENS, 70L), entry(ENGINE_REQUESTS_FINISHED, 8L));
    assertThat(Readouts.engine(reading).getSeriesList())
        .extracting(EngineSeries::getModelName)
        .containsOnly("m");
  }

  @Test
  void aDynamoFrontendIsRecognisedAndReadOnlyWhereTheConfigurationSaysSo() {
    var page =
        Readouts.text(
            "dynamo_frontend_output_tokens_total{model=\"m\"} 500000",
            "dynamo_frontend_requests_total{model=\"m\",status=\"success\"} 10",
            "dynamo_frontend_requests_total{model=\"m\",status=\"error\"} 1",
            "dynamo_frontend_inflight_requests{model=\"m\"} 12");
    TargetReading detected = Readouts.detectAndRead(page);
    assertThat(detected.exporter()).isEqualTo("dynamo_frontend");
    assertThat(detected.engine()).isEmpty();
    TargetReading named =
        Readouts.CATALOGUE.byName("dynamo_frontend_tokens").orElseThrow().read(page, "t1");
    assertThat(Readouts.values(Readouts.onlySeries(named)))
        .containsOnly(
            entry(ENGINE_OUTPUT_TOKENS, 500000L),
            entry(ENGINE_REQUESTS_FINISHED, 11L),
            entry(ENGINE_REQUESTS_FAILED, 1L),
            entry(ENGINE_RUNNING, 12L));
  }
}
