package io.tokenwatt.quickstart.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class FleetTest extends FleetFixture {
  @Test
  void everyRegionServesAllThreeModelsOnAllFourBoardTypes() {
    Set<String> regionHardware = new TreeSet<>();
    Set<String> regionModels = new TreeSet<>();
    Set<String> hardwareModels = new TreeSet<>();
    for (SimulatedNode node : fleet.nodes()) {
      String region = node.place().region();
      regionHardware.add(region + " " + node.hardware());
      for (SimulatedBinding binding : node.bindings()) {
        regionModels.add(region + " " + binding.model());
        hardwareModels.add(node.hardware() + " " + binding.model());
      }
    }
    assertThat(regionHardware).hasSize(3 * 4 + 2);
    assertThat(regionModels).hasSize(3 * 3 + 5);
    assertThat(hardwareModels).hasSize(20);
    assertThat(fleet.nodes()).hasSize(20).extracting(SimulatedNode::name).doesNotHaveDuplicates();
  }

  @Test
  void everyTargetAnswersOverHttpWithItsOwnContentType() throws Exception {
    for (SimulatedNode node : present()) {
      for (SimulatedTarget target : node.targets()) {
        Page page = Page.get(target);
        assertThat(page.status()).as(node.name() + " " + target.name()).isEqualTo(200);
        assertThat(page.contentType())
            .isEqualTo(
                switch (target.kind()) {
                  case "dcgm" -> "text/plain; charset=utf-8";
                  case "vllm", "sglang" -> "text/plain; version=0.0.4; charset=utf-8";
                  default -> "text/plain; version=0.0.4; charset=utf-8; escaping=values";
                });
        assertThat(page.text()).startsWith("# HELP ").endsWith("\n").doesNotContain("\n\n");
      }
    }
  }

  @Test
  void everythingButMetricsIsNotFound() throws Exception {
    SimulatedTarget target = target(node("e1-h100"), "dcgm");
    assertThat(Page.get(target.url().resolve("/")).status()).isEqualTo(404);
  }

  @Test
  void theTruthHoldsWhatEachScrapeWasGiven() throws Exception {
    SimulatedNode node = node("e5-h100");
    pass(20);
    Page dcgm = Page.get(target(node, "dcgm"));
    Page chat = Page.get(target(node, "vllm-chat"));
    ServedBoards boards = node.truth().boards().get(0);
    assertThat(boards.atMs()).isEqualTo(clock.millis());
    assertThat(boards.energyMj()).hasSize(8);
    for (String line : dcgm.lines(ENERGY)) {
      long value = Long.parseLong(line.substring(line.lastIndexOf(' ') + 1));
      assertThat(boards.energyMj()).containsEntry(Page.label(line, "UUID"), value);
    }
    ServedEngine served = node.truth().engine("vllm-chat").get(0);
    assertThat(chat.lines(OUTPUT)).hasSize(4);
    assertThat(chat.sum(OUTPUT)).isEqualTo(served.outputTokens());
    assertThat(chat.sum("vllm:prompt_tokens_total")).isEqualTo(served.promptTokens());
    assertThat(chat.sum("vllm:prompt_tokens_cached_total")).isEqualTo(served.cachedTokens());
    assertThat(chat.sum("vllm:request_success_total")).isEqualTo(served.requests());
    assertThat(node.truth().edges()).isNotEmpty();
    assertThat(node.truth().complete()).isTrue();
  }

  @Test
  void twoFleetsOfOneSeedServeTheSameTextHoweverOftenOneOfThemWasAsked() throws Exception {
    try (Fleet twin = Fleet.start(FleetOptions.of(SEED).onClock(clock));
        Fleet other = Fleet.start(FleetOptions.of(SEED + 1).onClock(clock))) {
      for (int i = 0; i < 10; i++) {
        clock.step(Duration.ofMillis(1_234));
        twin.tick();
      }
      for (int i = 0; i < fleet.nodes().size(); i++) {
        boolean there = !fleet.nodes().get(i).name().equals("s6-h100");
        for (int t = 0; there && t < fleet.nodes().get(i).targets().size(); t++) {
          String text = Page.get(fleet.nodes().get(i).targets().get(t)).text();
          assertThat(Page.get(twin.nodes().get(i).targets().get(t)).text()).isEqualTo(text);
          assertThat(Page.get(other.nodes().get(i).targets().get(t)).text()).isNotEqualTo(text);
        }
      }
    }
  }

  @Test
  void aFleetInRealTimeMovesByItselfAndLeavesNoPortOpen() throws Exception {
    Fleet live = Fleet.start(FleetOptions.of(SEED));
    SimulatedTarget target = target(live.nodes().get(0), "vllm");
    try (live) {
      double first = Page.get(target).sum(OUTPUT);
      org.awaitility.Awaitility.await()
          .atMost(Duration.ofSeconds(90))
          .until(() -> Page.get(target).sum(OUTPUT) > first);
    }
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> Page.get(target))
        .isInstanceOf(java.net.ConnectException.class);
  }
}
