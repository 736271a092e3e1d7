package io.tokenwatt.quickstart.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.net.ConnectException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Engines, boards and meters that count in ways of their own. */
class NewKindsTest extends FleetFixture {
  @Test
  void sglangCountsTokensWhenARequestEnds() throws Exception {
    pass(60);
    Page page = Page.get(target(node("c3-b200"), "sglang"));
    double requests = page.sum("sglang:num_requests_total");
    assertThat(page.sum("sglang:e2e_request_latency_seconds_count")).isEqualTo(requests);
    assertThat(requests).isGreaterThan(100);
    assertThat(page.sum("sglang:num_running_reqs")).isPositive();
    // A token that was generated but not credited was observed as an interval already.
    double generated =
        page.sum("sglang:inter_token_latency_seconds_count")
            + page.sum("sglang:time_to_first_token_seconds_count");
    assertThat(page.sum("sglang:generation_tokens_total")).isLessThan(generated);
    assertThat(page.text()).doesNotContain("_created", "process_");
  }

  @Test
  void onePromptOfThePairIsComputedOnceAndItsKvIsTransferred() throws Exception {
    pass(120);
    Page prefill = vllm("s1-h100");
    Page decode = vllm("s2-h200");
    double asked = prefill.sum("vllm:request_success_total");
    assertThat(asked).isGreaterThan(50);
    assertThat(prefill.sum(OUTPUT)).as("one token that nobody reads").isEqualTo(asked);
    assertThat(prefill.sum("vllm:request_success_total", "length")).isEqualTo(asked);
    String bySource = "vllm:prompt_tokens_by_source_total";
    double transferred = decode.sum(bySource, "external_kv_transfer");
    double taken = decode.sum("vllm:time_to_first_token_seconds_count");
    assertThat(decode.sum(bySource, "local_compute")).as("the last token").isEqualTo(taken);
    assertThat(decode.sum("vllm:prompt_tokens_total")).isEqualTo(transferred + taken);
    assertThat(asked - taken).as("under way or waiting").isBetween(0.0, 20.0);
    assertThat(decode.sum("vllm:prompt_tokens_total"))
        .isBetween(
            0.9 * prefill.sum("vllm:prompt_tokens_total"), prefill.sum("vllm:prompt_tokens_total"));
    assertThat(decode.sum(OUTPUT)).isGreaterThan(50 * taken);
  }

  @Test
  void anEngineOverTwoNodesWorksOnBothAndAnswersOnOne() throws Exception {
    pass(30);
    assertThat(node("e7-h100").targets()).extracting(SimulatedTarget::name).containsExactly("dcgm");
    for (String name : List.of("e6-h100", "e7-h100")) {
      assertThat(dcgm(name).values("DCGM_FI_DEV_POWER_USAGE", ""))
          .hasSize(8)
          .allSatisfy(watts -> assertThat(watts).isGreaterThan(150));
      SimulatedBinding binding = node(name).bindings().get(0);
      assertThat(binding.members()).isEqualTo(2);
      assertThat(binding.boardsRequired()).isEqualTo(16);
      assertThat(binding.engineGroup()).isEqualTo("reviews-0");
    }
    assertThat(node("e7-h100").bindings().get(0).engines()).isEmpty();
    assertThat(vllm("e6-h100").sum(OUTPUT)).isPositive();
  }

  @Test
  void anEmbedderReadsPromptsAndWritesNothing() throws Exception {
    pass(30);
    Page page = Page.get(target(node("c5-a100"), "vllm-passages"));
    assertThat(page.sum(OUTPUT)).isZero();
    assertThat(page.sum("vllm:prompt_tokens_total")).isGreaterThan(10_000);
    assertThat(page.sum("vllm:request_success_total", "stop"))
        .isEqualTo(page.sum("vllm:e2e_request_latency_seconds_count"));
    assertThat(node("c5-a100").bindings()).extracting(SimulatedBinding::task).contains("embed");
  }

  @Test
  void amdShowsPowerAndEnergyOfABoardOnItsFirstPartition() throws Exception {
    pass(30);
    Page page = Page.get(target(node("c6-mi300x"), "amd"));
    assertThat(page.lines("amd_gpu_package_power")).isEmpty();
    List<String> power = page.lines("gpu_package_power");
    assertThat(power).hasSize(3 + 8);
    List<String> cpx = power.stream().filter(l -> l.contains("type=\"cpx\"")).toList();
    assertThat(cpx.stream().map(l -> Page.label(l, "serial_number")).distinct()).hasSize(1);
    assertThat(cpx.stream().map(l -> Page.label(l, "gpu_partition_id")))
        .containsExactly("0", "1", "2", "3", "4", "5", "6", "7");
    assertThat(cpx.stream().map(l -> Page.label(l, "gpu_id")).distinct()).hasSize(8);
    assertThat(page.values("gpu_energy_consumed", "type=\"cpx\"").stream().filter(v -> v == 0))
        .hasSize(7);
    assertThat(page.values("gpu_package_power", "gpu_partition_id=\"0\""))
        .allSatisfy(watts -> assertThat(watts).isBetween(140.0, 750.0));
    assertThat(page.values("gpu_used_vram", "type=\"cpx\"").stream().distinct())
        .hasSizeGreaterThan(1);
  }

  @Test
  void powerOfAmdBoardsIntegratesToTheirEnergy() throws Exception {
    pass(5);
    SimulatedTarget amd = target(node("c6-mi300x"), "amd");
    double before = Page.get(amd).sum("gpu_energy_consumed");
    double joules = 0;
    for (int second = 0; second < 60; second++) {
      pass(1);
      joules += Page.get(amd).sum("gpu_package_power");
    }
    double counted = (Page.get(amd).sum("gpu_energy_consumed") - before) / 1e6;
    // Each of four readings a second is rounded to a watt.
    assertThat(joules).isCloseTo(counted, within(120.0));
  }

  @Test
  void aMachineDrawsMoreThanItsBoards() throws Exception {
    pass(6);
    SimulatedTarget kepler = target(node("c2-h200"), "meter");
    double machine = Page.get(kepler).sum("kepler_node_platform_joules_total");
    double boards = dcgm("c2-h200").sum(ENERGY) / 1000;
    pass(300);
    machine = Page.get(kepler).sum("kepler_node_platform_joules_total") - machine;
    boards = dcgm("c2-h200").sum(ENERGY) / 1000 - boards;
    // 780 W and 24 W a board, and 9 % of what the boards draw; the meter is up to 3 s behind.
    double expected = 300 * (780 + 24 * 8) + 1.09 * boards;
    assertThat(machine).isCloseTo(expected, within(0.03 * expected));
    String ipmi = Page.get(target(node("c3-b200"), "meter")).text();
    assertThat(ipmi).contains("\nipmi_dcmi_power_consumption_watts ");
  }

  @Test
  void aTrainingNodeNamesItsSlurmJobAndHasNoEngine() throws Exception {
    pass(30);
    assertThat(node("c7-h100").targets()).hasSize(1);
    assertThat(node("c7-h100").bindings()).isEmpty();
    assertThat(dcgm("c7-h100").lines(ENERGY))
        .hasSize(4)
        .allSatisfy(line -> assertThat(Page.label(line, "hpc_job")).isEqualTo("48213"));
    assertThat(dcgm("c7-h100").values("DCGM_FI_DEV_POWER_USAGE", ""))
        .allSatisfy(watts -> assertThat(watts).isGreaterThan(300));
  }

  @Test
  void aSpotNodeGoesForGoodAndAnotherOneComes() throws Exception {
    SimulatedTarget gone = target(node("s5-h100"), "dcgm");
    SimulatedTarget comes = target(node("s6-h100"), "dcgm");
    assertThat(Page.get(gone).status()).isEqualTo(200);
    assertThatThrownBy(() -> Page.get(comes)).isInstanceOf(ConnectException.class);
    pass(76);
    assertThatThrownBy(() -> Page.get(gone)).isInstanceOf(ConnectException.class);
    pass(12);
    assertThat(Page.get(comes).sum(ENERGY)).isPositive();
    pass(600);
    assertThatThrownBy(() -> Page.get(gone)).isInstanceOf(ConnectException.class);
    assertThat(node("s5-h100").place().purchaseOption()).isEqualTo("spot");
  }
}
