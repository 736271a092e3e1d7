package io.tokenwatt.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.model.proto.NodeMetric;
import io.tokenwatt.model.proto.NodeReading;
import io.tokenwatt.quickstart.fleet.ServedMeter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Totals of tokens, millijoules and records: what the exporters showed, once. */
interface CounterTruth extends RunOfQuickstart {
  @Test
  default void everyTokenThatTheEnginesShowedIsCountedOncePerNodeAndWorkload() {
    assertThat(
            run()
                .sums(
                    "concat(node, ' ', instance, ' ', workload)",
                    "sum(output_tokens + output_tokens_bridged)",
                    "engine_10s",
                    "1"))
        .isEqualTo(byEngine(n -> n.outputTokens));
    assertThat(
            run()
                .sums(
                    "concat(node, ' ', instance, ' ', workload)",
                    "sum(prompt_tokens + prompt_tokens_bridged)",
                    "engine_10s",
                    "1"))
        .isEqualTo(byEngine(n -> n.promptTokens));
  }

  private Map<String, Long> byEngine(Function<TrueNode, Map<String, Readings>> counter) {
    Map<String, Long> growth = new TreeMap<>();
    for (TrueNode node : run().nodes()) {
      counter
          .apply(node)
          .forEach(
              (instance, readings) ->
                  growth.put(
                      String.join(" ", node.node.name(), instance, node.workloadOf(instance)),
                      readings.growth()));
    }
    return growth;
  }

  @Test
  default void everyMillijouleThatTheBoardsShowedIsCountedOnceAlsoOfBoardsInMigMode() {
    Map<String, Long> shown = new TreeMap<>();
    run()
        .nodes()
        .forEach(
            node ->
                node.energyMj.forEach(
                    (gpu, readings) -> shown.put(node.node.name() + " " + gpu, readings.growth())));
    assertThat(
            run()
                .sums(
                    "concat(node, ' ', gpu)", "sum(energy_mj + energy_mj_bridged)", "gpu_10s", "1"))
        .isEqualTo(shown)
        .hasSizeGreaterThan(90);
  }

  @Test
  default void cellsHoldTheTokensAndMillijoulesOfTheirNodes() {
    Map<String, Long> tokens = new TreeMap<>();
    Map<String, Long> energy = new TreeMap<>();
    for (TrueNode node : run().nodes()) {
      String region = node.node.place().region();
      node.outputTokens.forEach(
          (instance, r) -> {
            if (!node.prefills(instance)) {
              tokens.merge(region + " " + node.workloadOf(instance), r.growth(), Long::sum);
            }
          });
      node.energyMj.values().forEach(r -> energy.merge(region, r.growth(), Long::sum));
    }
    assertThat(
            run()
                .sums(
                    "concat(region, ' ', workload)",
                    "sum(output_tokens + output_tokens_bridged)",
                    "efficiency_10s",
                    "workload != '(unallocated)' AND role != 'prefill' AND kind = 'inference'"))
        .isEqualTo(tokens);
    assertThat(run().sums("region", "sum(gpu_mj + gpu_mj_bridged)", "efficiency_10s", "1"))
        .isEqualTo(energy);
  }

  @Test
  default void anEngineOverTwoNodesHoldsTheJoulesOfBoth() {
    long shown =
        Stream.of("e6-h100", "e7-h100")
            .flatMap(name -> run().node(name).energyMj.values().stream())
            .mapToLong(Readings::growth)
            .sum();
    assertThat(
            run()
                .sums(
                    "workload",
                    "sum(gpu_mj + gpu_mj_bridged)",
                    "efficiency_10s",
                    "workload = 'reviews'"))
        .isEqualTo(Map.of("reviews", shown));
  }

  @Test
  default void aTrainingJobHoldsItsBoardsWithoutAnEngine() {
    long shown = run().node("c7-h100").energyMj.values().stream().mapToLong(Readings::growth).sum();
    assertThat(
            run()
                .sums(
                    "concat(owner, ' ', workload)",
                    "sum(gpu_mj + gpu_mj_bridged)",
                    "efficiency_10s",
                    "kind = 'training'"))
        .isEqualTo(Map.of("research slurm/48213", shown));
  }

  @Test
  default void onePromptOfThePairIsOnePromptAndOneAnswer() {
    TrueNode prefill = run().node("s1-h100");
    TrueNode decode = run().node("s2-h200");
    long output = decode.outputTokens.get("vllm").growth();
    long handed = prefill.outputTokens.get("vllm").growth();
    // A decode server always computes a prompt's last token again.
    long prompts =
        prefill.promptTokens.get("vllm").growth()
            + decode.promptTokens.get("vllm").growth()
            - decode.transferredTokens.get("vllm").growth();
    String where = "region = 'ap-south' AND hardware IN ('H100-SXM', 'H200') AND role != 'both'";
    assertThat(handed).isPositive();
    assertThat(
            Map.of(
                "output", one("sum(output_tokens + output_tokens_bridged)", where),
                "handed", one("sum(prefill_output_tokens)", where),
                "prompts", one("sum(prompt_tokens + prompt_tokens_bridged)", where)))
        .isEqualTo(Map.of("output", output, "handed", handed, "prompts", prompts));
  }

  private long one(String sum, String where) {
    return run().sums("''", sum, "efficiency_10s", where).get("");
  }

  @Test
  default void aMachinesMeterIsCountedToTheMillijoule() {
    TrueNode node = run().node("c2-h200");
    List<Long> published =
        node.samples.stream()
            .flatMap(s -> s.getNodeReadingsList().stream())
            .filter(r -> r.getMetric() == NodeMetric.NODE_ENERGY_MILLIJOULES)
            .map(NodeReading::getValue)
            .toList();
    assertThat(node.node.truth().meters().stream().map(ServedMeter::energyMj))
        .as("published readings were served")
        .containsAll(published);
    long growth = published.get(published.size() - 1) - published.get(0);
    assertThat(
            run()
                .sums(
                    "'c2'",
                    "sum(node_mj + node_mj_bridged)",
                    "efficiency_10s",
                    "region = 'eu-central' AND hardware = 'H200'"))
        .isEqualTo(Map.of("c2", growth));
  }

  @Test
  default void whatWasPublishedIsWhatWasCounted() {
    assertThat(run().sums("outcome", "sum(records)", "intake_10s", "1"))
        .isEqualTo(Map.of("counted", run().log().records()));
  }
}
