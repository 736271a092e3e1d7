package io.tokenwatt.quickstart.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The pages of one instant agree with each other and with what is known of real machines. */
class PlausibilityTest extends FleetFixture {
  @Test
  void histogramsCountEveryRequestAndEveryToken() throws Exception {
    pass(60);
    Page page = vllm("e1-h100");
    double finished = page.sum("vllm:request_success_total");
    assertThat(finished).isGreaterThan(100);
    for (String name :
        List.of(
            "e2e_request_latency_seconds",
            "request_queue_time_seconds",
            "request_prefill_time_seconds",
            "request_decode_time_seconds",
            "request_inference_time_seconds",
            "request_time_per_output_token_seconds",
            "request_prompt_tokens",
            "request_generation_tokens")) {
      assertThat(page.sum("vllm:" + name + "_count")).as(name).isEqualTo(finished);
      assertThat(page.sum("vllm:" + name + "_bucket", "le=\"+Inf\"")).as(name).isEqualTo(finished);
    }
    double firstTokens = page.sum("vllm:time_to_first_token_seconds_count");
    assertThat(page.sum("vllm:inter_token_latency_seconds_count") + firstTokens)
        .isEqualTo(page.sum(OUTPUT));
    double running = page.sum("vllm:num_requests_running");
    assertThat(firstTokens - finished).isBetween(0.0, running);
  }

  @Test
  void promptTokensAddUpOverTheirSources() throws Exception {
    Page page = vllm("e2-h200");
    String bySource = "vllm:prompt_tokens_by_source_total";
    double cached = page.sum("vllm:prompt_tokens_cached_total");
    assertThat(page.sum(bySource)).isEqualTo(page.sum("vllm:prompt_tokens_total"));
    assertThat(page.sum(bySource, "local_cache_hit")).isEqualTo(cached).isPositive();
    assertThat(page.sum("vllm:prefix_cache_hits_total")).isEqualTo(cached);
  }

  @Test
  void endToEndIsQueueAndPrefillAndDecode() throws Exception {
    Page page = vllm("e1-h100");
    double parts =
        page.sum("vllm:request_queue_time_seconds_sum")
            + page.sum("vllm:request_prefill_time_seconds_sum")
            + page.sum("vllm:request_decode_time_seconds_sum");
    assertThat(page.sum("vllm:e2e_request_latency_seconds_sum")).isCloseTo(parts, within(1e-3));
  }

  @Test
  void powerReadingsIntegrateToTheEnergyCounter() throws Exception {
    pass(5);
    Page before = dcgm("e3-b200");
    double joules = 0;
    for (int second = 0; second < 60; second++) {
      pass(1);
      joules += dcgm("e3-b200").sum("DCGM_FI_DEV_POWER_USAGE");
    }
    double counted = (dcgm("e3-b200").sum(ENERGY) - before.sum(ENERGY)) / 1000;
    // Each reading is the mean of the second before it, in whole milliwatts.
    assertThat(joules).isCloseTo(counted, within(1.0));
  }

  @Test
  void aPowerCapLowersWattsClockAndTokens() throws Exception {
    double before = tokensPerSecond("e1-h100");
    fleet.powerCap("us-east", "NVIDIA H100 80GB HBM3", 190);
    pass(5);
    double after = tokensPerSecond("e1-h100");
    Page page = dcgm("e1-h100");
    assertThat(page.values("DCGM_FI_DEV_POWER_USAGE", ""))
        .allSatisfy(watts -> assertThat(watts).isLessThanOrEqualTo(190.001));
    assertThat(page.values("DCGM_FI_DEV_ENFORCED_POWER_LIMIT", "")).containsOnly(190.0);
    assertThat(page.values("DCGM_FI_DEV_SM_CLOCK", ""))
        .allSatisfy(mhz -> assertThat(mhz).isLessThan(1980));
    assertThat(page.values("DCGM_FI_DEV_POWER_VIOLATION", ""))
        .allSatisfy(ns -> assertThat(ns).isPositive());
    assertThat(after).isLessThan(0.9 * before);
    assertThat(dcgm("e2-h200").sum("DCGM_FI_DEV_POWER_VIOLATION")).isZero();
  }

  @Test
  void anImpossiblePowerCapIsRefusedByName() {
    assertThatThrownBy(() -> fleet.powerCap("mars", "NVIDIA H200", 300))
        .hasMessageContaining("mars");
    assertThatThrownBy(() -> fleet.powerCap("ap-south", "NVIDIA H200", 3000))
        .hasMessageContaining("3000");
  }

  @Test
  void tokensPerJouleAreOfAKnownOrderOfMagnitude() throws Exception {
    // ML.ENERGY, boards only, full batches: Llama 3.1 8B gives 8 tokens/J on an H100 and 21 on a
    // B200, 70B on four H100 1.5. Here prompts are ten times the answers and batches not full.
    assertThat(tokensPerJoule("e1-h100")).isBetween(1.5, 10.0);
    assertThat(tokensPerJoule("e3-b200")).isBetween(0.3, 4.0);
    assertThat(tokensPerJoule("s4-l40s")).isBetween(0.1, 1.5);
  }

  private double tokensPerJoule(String node) throws Exception {
    pass(2);
    double mj = dcgm(node).sum(ENERGY);
    double tokens = vllm(node).sum(OUTPUT);
    pass(50);
    return (vllm(node).sum(OUTPUT) - tokens) / (dcgm(node).sum(ENERGY) - mj) * 1000;
  }

  private double tokensPerSecond(String node) throws Exception {
    double first = vllm(node).sum(OUTPUT);
    pass(120);
    return (vllm(node).sum(OUTPUT) - first) / 120;
  }
}
