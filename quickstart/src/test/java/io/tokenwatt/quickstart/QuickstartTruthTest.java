package io.tokenwatt.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.clickhouse.client.api.query.GenericRecord;
import io.tokenwatt.model.proto.NodeMetric;
import io.tokenwatt.model.proto.NodeReading;
import io.tokenwatt.model.proto.NodeSample;
import io.tokenwatt.model.proto.RequestEvent;
import io.tokenwatt.model.proto.Resolution;
import io.tokenwatt.model.proto.ScrapeFailure;
import io.tokenwatt.quickstart.fleet.FleetOptions;
import io.tokenwatt.quickstart.fleet.ServedMeter;
import io.tokenwatt.quickstart.fleet.gateway.SentEvents;
import io.tokenwatt.quickstart.fleet.gateway.SentEvents.Sum;
import io.tokenwatt.quickstart.fleet.physics.Edge;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The quickstart as people run it, for a bit over a minute, against what its simulated exporters
 * are known to have served: exporter text over HTTP, Kafka, Flink, ClickHouse, and nothing lost or
 * counted twice.
 */
class QuickstartTruthTest {
  /** With this seed both flapping exporters go away 45 s after the fleet's start, for 8 to 10 s. */
  private static final long SEED = 303;

  private static final int SECONDS = 75;

  private static QuickstartRun run;

  @BeforeAll
  static void runTheProduct(@TempDir Path data) throws Exception {
    FleetOptions fleet =
        FleetOptions.of(SEED).restartingAfter(Duration.ofSeconds(60), Duration.ofSeconds(8));
    run = QuickstartRun.of(data, fleet, SECONDS);
  }

  @AfterAll
  static void stop() {
    if (run != null) {
      run.close();
    }
  }

  @Test
  void whatGoesWrongInARealFleetHappenedInThisRun() {
    assertThat(run.node("e2-h200").outputTokens.get("vllm").restarted()).as("a crash").isTrue();
    assertThat(failures("s3-b200")).as("an engine that refuses").contains("vllm");
    assertThat(failures("s4-l40s")).as("an exporter that refuses").contains("dcgm");
    assertThat(run.node("e5-h100").outputTokens).as("two models on a node").hasSize(2);
    NodeSample mig = run.node("c5-a100").samples.get(30);
    assertThat(mig.getGpus().getUuids().size() / 16).as("rows of two MIG boards").isEqualTo(6);
    assertThat(run.node("c5-a100").energyMj).hasSize(2);
    NodeSample amd = run.node("c6-mi300x").samples.get(30);
    assertThat(amd.getGpus().getUuids().size() / 16).as("rows of four AMD boards").isEqualTo(11);
    assertThat(run.node("c6-mi300x").energyMj).hasSize(4);
    long shown =
        run.node("c1-h100").energyMj.values().iterator().next().all().stream()
            .mapToLong(Readings.Reading::growth)
            .distinct()
            .count();
    assertThat(shown).as("values that an exporter at 30 s showed in 75 s").isBetween(2L, 5L);
  }

  private static List<String> failures(String node) {
    return run.node(node).samples.stream()
        .flatMap(s -> s.getFailuresList().stream())
        .map(ScrapeFailure::getTarget)
        .distinct()
        .toList();
  }

  @Test
  void everyTokenThatTheEnginesShowedIsCountedOncePerNodeAndWorkload() {
    assertThat(
            run.sums(
                "concat(node, ' ', instance, ' ', workload)",
                "sum(output_tokens + output_tokens_bridged)",
                "engine_10s",
                "1"))
        .isEqualTo(byEngine(n -> n.outputTokens));
    assertThat(
            run.sums(
                "concat(node, ' ', instance, ' ', workload)",
                "sum(prompt_tokens + prompt_tokens_bridged)",
                "engine_10s",
                "1"))
        .isEqualTo(byEngine(n -> n.promptTokens));
  }

  private static Map<String, Long> byEngine(Function<TrueNode, Map<String, Readings>> counter) {
    Map<String, Long> growth = new TreeMap<>();
    for (TrueNode node : run.nodes()) {
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
  void everyMillijouleThatTheBoardsShowedIsCountedOnceAlsoOfBoardsInMigMode() {
    Map<String, Long> shown = new TreeMap<>();
    run.nodes()
        .forEach(
            node ->
                node.energyMj.forEach(
                    (gpu, readings) -> shown.put(node.node.name() + " " + gpu, readings.growth())));
    assertThat(
            run.sums(
                "concat(node, ' ', gpu)", "sum(energy_mj + energy_mj_bridged)", "gpu_10s", "1"))
        .isEqualTo(shown)
        .hasSizeGreaterThan(90);
  }

  @Test
  void cellsHoldTheTokensAndMillijoulesOfTheirNodes() {
    Map<String, Long> tokens = new TreeMap<>();
    Map<String, Long> energy = new TreeMap<>();
    for (TrueNode node : run.nodes()) {
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
            run.sums(
                "concat(region, ' ', workload)",
                "sum(output_tokens + output_tokens_bridged)",
                "efficiency_10s",
                "workload != '(unallocated)' AND role != 'prefill' AND kind = 'inference'"))
        .isEqualTo(tokens);
    assertThat(run.sums("region", "sum(gpu_mj + gpu_mj_bridged)", "efficiency_10s", "1"))
        .isEqualTo(energy);
  }

  @Test
  void anEngineOverTwoNodesHoldsTheJoulesOfBoth() {
    long shown =
        Stream.of("e6-h100", "e7-h100")
            .flatMap(name -> run.node(name).energyMj.values().stream())
            .mapToLong(Readings::growth)
            .sum();
    assertThat(
            run.sums(
                "workload",
                "sum(gpu_mj + gpu_mj_bridged)",
                "efficiency_10s",
                "workload = 'reviews'"))
        .isEqualTo(Map.of("reviews", shown));
  }

  @Test
  void aTrainingJobHoldsItsBoardsWithoutAnEngine() {
    long shown = run.node("c7-h100").energyMj.values().stream().mapToLong(Readings::growth).sum();
    assertThat(
            run.sums(
                "concat(owner, ' ', workload)",
                "sum(gpu_mj + gpu_mj_bridged)",
                "efficiency_10s",
                "kind = 'training'"))
        .isEqualTo(Map.of("research slurm/48213", shown));
  }

  @Test
  void onePromptOfThePairIsOnePromptAndOneAnswer() {
    TrueNode prefill = run.node("s1-h100");
    TrueNode decode = run.node("s2-h200");
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

  private static long one(String sum, String where) {
    return run.sums("''", sum, "efficiency_10s", where).get("");
  }

  @Test
  void everyEventThatTheIntakeTookIsInKafkaWithItsTokensAndItsServer() throws Exception {
    List<RequestEvent> events = run.events();
    SentEvents sent = run.sentEvents();
    assertThat(events.stream().map(RequestEvent::getEventId)).doesNotHaveDuplicates();
    assertThat(events)
        .hasSize((int) sent.byEnding().values().stream().mapToLong(Sum::requests).sum())
        .hasSizeGreaterThan(5_000);
    assertThat(events.stream().mapToLong(RequestEvent::getOutputTokens).sum())
        .isEqualTo(sent.byEnding().values().stream().mapToLong(Sum::outputTokens).sum());
    assertThat(events.stream().mapToLong(RequestEvent::getReasoningTokens).sum())
        .isEqualTo(sent.byEnding().values().stream().mapToLong(Sum::reasoningTokens).sum())
        .isPositive();
    assertThat(events)
        .allSatisfy(
            e -> assertThat(e.getServer().getResolution()).isEqualTo(Resolution.RESOLUTION_LOCAL));
    assertThat(events.stream().map(e -> e.getServer().getBoardName()).distinct())
        .contains("AMD Instinct MI300X OAM", "NVIDIA H200");
  }

  @Test
  void requestFactsAreTheEventsThatWereSent() {
    SentEvents sent = run.sentEvents();
    Map<String, Sum> byRegion = sent.byClientRegion();
    assertThat(requests("client_region", "requests")).isEqualTo(each(byRegion, Sum::requests));
    assertThat(requests("client_region", "prompt_tokens"))
        .isEqualTo(each(byRegion, Sum::promptTokens));
    assertThat(requests("client_region", "prompt_tokens_cached"))
        .isEqualTo(each(byRegion, Sum::cachedTokens));
    assertThat(requests("concat(workload, ' ', tenant)", "output_tokens"))
        .isEqualTo(each(sent.byTenant(), Sum::outputTokens));
    assertThat(requests("concat(workload, ' ', tenant)", "reasoning_tokens"))
        .isEqualTo(each(sent.byTenant(), Sum::reasoningTokens));
    assertThat(
            Map.of(
                "OK", requests("''", "requests_ok").get(""),
                "ERROR", requests("''", "requests_error").get(""),
                "ABORTED", requests("''", "requests_aborted").get("")))
        .isEqualTo(each(sent.byEnding(), Sum::requests));
  }

  private static Map<String, Long> requests(String key, String measure) {
    return run.sums(key, "sum(" + measure + ")", "request_10s", "1");
  }

  private static Map<String, Long> each(Map<String, Sum> sums, ToLongFunction<Sum> measure) {
    Map<String, Long> each = new TreeMap<>();
    sums.forEach((key, sum) -> each.put(key, measure.applyAsLong(sum)));
    return each;
  }

  @Test
  void tokensOfEventsAreTokensOfEnginesButForRequestsUnderWay() throws Exception {
    for (String name : List.of("e1-h100", "e3-b200", "s2-h200")) {
      List<RequestEvent> told =
          run.events().stream().filter(e -> e.getEventId().startsWith(name + "/vllm/")).toList();
      long firstMs = told.stream().mapToLong(RequestEvent::getCompletedAtMs).min().orElseThrow();
      List<Readings.Reading> counted = run.node(name).outputTokens.get("vllm").all();
      long before =
          counted.stream()
              .filter(r -> r.servedMs() <= firstMs)
              .mapToLong(Readings.Reading::growth)
              .max()
              .orElse(0);
      // Requests of some seconds, over more than half a minute: what is under way at both ends
      // differs.
      assertThat((double) told.stream().mapToLong(RequestEvent::getOutputTokens).sum())
          .as(name)
          .isCloseTo(counted.get(counted.size() - 1).growth() - before, withinPercentage(30));
    }
  }

  @Test
  void aMachinesMeterIsCountedToTheMillijoule() {
    TrueNode node = run.node("c2-h200");
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
            run.sums(
                "'c2'",
                "sum(node_mj + node_mj_bridged)",
                "efficiency_10s",
                "region = 'eu-central' AND hardware = 'H200'"))
        .isEqualTo(Map.of("c2", growth));
  }

  @Test
  void aSpotNodeThatWasTakenAwayCountsUpToItsEndAndItsSilenceLowersCoverage() {
    String coverage = "intDiv(1000 * sum(observed_ms), sum(expected_ms))";
    Map<String, Long> spot =
        run.sums(
            "toString(toUnixTimestamp(window_start))",
            coverage,
            "efficiency_10s",
            "purchase_option = 'spot' AND expected_ms > 0");
    assertThat(spot.values()).as("permille by window").contains(1000L);
    assertThat(spot.values()).anySatisfy(permille -> assertThat(permille).isLessThan(600));
    assertThat(failures("s5-h100")).contains("dcgm", "vllm");
    assertThat(run.node("s6-h100").seen()).as("another node came").isTrue();
  }

  @Test
  void energyOfCellsIsTheEnergyOfBoardsInEveryWindow() {
    String key = "concat(region, ' ', hardware, ' ', toString(window_start))";
    Map<String, Long> cells = run.sums(key, "sum(gpu_mj)", "efficiency_10s", "1");
    cells.values().removeIf(mj -> mj == 0);
    Map<String, Long> boards = run.sums(key, "sum(energy_mj)", "gpu_10s", "1");
    boards.values().removeIf(mj -> mj == 0);
    assertThat(cells).isEqualTo(boards).hasSizeGreaterThan(60);
  }

  @Test
  void noJouleIsWithoutAnOwnerState() {
    assertThat(
            run.sums(
                "toString(cell_id)",
                "count()",
                "efficiency_10s",
                "gpu_mj != gpu_busy_mj + gpu_loaded_idle_mj + gpu_unallocated_mj + gpu_unknown_mj"))
        .isEmpty();
  }

  @Test
  void eachWindowIsWithinOneSampleIntervalOfTheTruthAtEachEdge() {
    Map<String, Long> tokens =
        run.sums(
            "concat(node, ' ', instance, ' ', toString(toUnixTimestamp(window_start)))",
            "sum(output_tokens)",
            "engine_10s",
            "1");
    Map<String, Long> energy =
        run.sums(
            "concat(node, ' ', gpu, ' ', toString(toUnixTimestamp(window_start)))",
            "sum(energy_mj)",
            "gpu_10s",
            "1");
    int checked = 0;
    for (TrueNode node : run.nodes()) {
      checked += windows(node, node.outputTokens, Edge::outputTokens, 0, tokens);
      checked +=
          windows(
              node,
              node.energyMj,
              edge -> BoardIds.stored(edge.energyMj()),
              node.collectPeriodMs(),
              energy);
    }
    System.out.println("windows compared with the truth: " + checked);
    assertThat(checked).isGreaterThan(400);
  }

  /** Compares each whole window of each counter of a node; returns how many there were. */
  private static int windows(
      TrueNode node,
      Map<String, Readings> counters,
      Function<Edge, Map<String, Long>> truth,
      long periodMs,
      Map<String, Long> stored) {
    int checked = 0;
    List<Edge> edges = node.node.truth().edges();
    for (int i = 0; i + 1 < edges.size(); i++) {
      Edge from = edges.get(i);
      Edge to = edges.get(i + 1);
      for (Map.Entry<String, Readings> counter : counters.entrySet()) {
        Readings readings = counter.getValue();
        OptionalLong before = readings.slack(from.atMs(), periodMs);
        OptionalLong after = readings.slack(to.atMs(), periodMs);
        // The first refresh of a slow source goes into totals only.
        boolean settled = periodMs == 0 || from.atMs() > readings.firstMs() + periodMs + 1_000;
        if (before.isPresent()
            && after.isPresent()
            && settled
            && !readings.restartedAround(from.atMs(), to.atMs())) {
          String name = counter.getKey();
          String key = "%s %s %d".formatted(node.node.name(), name, from.atMs() / 1000);
          long was = truth.apply(to).get(name) - truth.apply(from).get(name);
          assertThat((double) stored.getOrDefault(key, 0L))
              .as(key)
              .isCloseTo(was, within((double) before.getAsLong() + after.getAsLong()));
          checked++;
        }
      }
    }
    return checked;
  }

  @Test
  void whatWasPublishedIsWhatWasCounted() {
    assertThat(
            run.sums(
                "outcome",
                "sum(records)",
                "intake_10s",
                "node != '" + QuickstartRun.SENTINEL + "'"))
        .isEqualTo(Map.of("counted", run.log().records()));
  }

  @Test
  void identitiesHoldInEveryRowOfTheViews() {
    int ratios = new Identities(run.store(), "tokenwatt").everyRow();
    System.out.println("ratios checked: " + ratios);
    assertThat(ratios).isGreaterThan(400);
  }

  @Test
  void groupsAndWindowsAddUpToTheSameTotals() {
    Identities identities = new Identities(run.store(), "tokenwatt");
    identities.groupsAddUp();
    identities.windowsAddUp();
  }

  @Test
  void eachRowHasARatioOrTheReasonWhyThereIsNone() {
    for (GenericRecord row :
        run.store().rows("SELECT * FROM tokenwatt.efficiency_cells(window_s = 10)")) {
      assertThat(row.hasValue("output_tokens_per_joule"))
          .as(row.getString("time") + " " + row.getString("workload"))
          .isEqualTo(row.getString("energy_null_reason").isEmpty());
    }
  }
}
