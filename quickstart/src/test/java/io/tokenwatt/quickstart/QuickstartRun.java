package io.tokenwatt.quickstart;

import static org.awaitility.Awaitility.await;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tokenwatt.model.Window;
import io.tokenwatt.model.proto.RequestEvent;
import io.tokenwatt.quickstart.fleet.FleetOptions;
import io.tokenwatt.quickstart.fleet.gateway.SentEvents;
import io.tokenwatt.quickstart.fleet.gateway.SentEvents.Sum;
import io.tokenwatt.storage.Store;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The whole product, run over the simulated fleet for a while and then left alone until the store
 * has all that was scraped.
 */
final class QuickstartRun implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(180);

  private final Quickstart quickstart;
  private final Store store;
  private PublishedLog log;
  private Instant silent;
  private List<TrueNode> nodes;

  private QuickstartRun(Quickstart quickstart) {
    this.quickstart = quickstart;
    this.store = new Store(quickstart.store());
  }

  /**
   * @param scrapes of a healthy exporter, one a second
   */
  static QuickstartRun of(Path data, FleetOptions fleet, int scrapes) throws Exception {
    QuickstartOptions options =
        new QuickstartOptions(
            List.of(),
            Optional.empty(),
            Optional.empty(),
            0,
            Optional.of(data),
            1,
            Optional.empty(),
            false);
    Progress progress =
        new Progress(new PrintStream(PrintStream.nullOutputStream()), System.nanoTime());
    QuickstartRun run = new QuickstartRun(Quickstart.start(options, fleet, data, progress));
    try {
      run.scrape(scrapes);
      run.settle();
      return run;
    } catch (Exception | AssertionError e) {
      run.close();
      throw e;
    }
  }

  private void scrape(int scrapes) {
    await("scrapes")
        .atMost(PATIENCE.plusSeconds(2L * scrapes))
        .until(
            () ->
                quickstart.fleet().orElseThrow().nodes().get(0).truth().boards().size() > scrapes);
    quickstart.stopScraping();
    silent = Instant.now();
    log = PublishedLog.read(quickstart.bootstrap());
    nodes =
        quickstart.fleet().orElseThrow().nodes().stream()
            .map(node -> new TrueNode(node, log.byNode().get(node.name())))
            .toList();
  }

  /** From when on no agent told anything, and boards are missed more and more. */
  Instant silent() {
    return silent;
  }

  /** The agent is silent by now; the jobs' heartbeats move record time on and close all windows. */
  private void settle() {
    List<String> seen = new ArrayList<>();
    await("all windows in the store")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(1))
        .until(
            () -> {
              seen.add(sums());
              return isCovered() && lastThreeAgree(seen);
            });
  }

  private boolean isCovered() {
    Map<String, Long> newest =
        sums("node", "max(toUnixTimestamp(window_start))", "gpu_10s", "energy_mj > 0");
    Map<String, Long> counted = sums("''", "sum(records)", "intake_10s", "1");
    return counted.getOrDefault("", 0L) >= log.records()
        && sums("''", "sum(requests)", "request_10s", "1").getOrDefault("", 0L)
            >= sentEvents().byEnding().values().stream().mapToLong(Sum::requests).sum()
        && nodes.stream()
            .filter(n -> n.seen() && n.collectPeriodMs() <= 1_000)
            .allMatch(
                n ->
                    newest.getOrDefault(n.node.name(), 0L) * 1000
                        >= Window.startOf(lastEnergyMs(n) - 1));
  }

  private static long lastEnergyMs(TrueNode node) {
    List<Readings.Reading> readings = node.energyMj.values().iterator().next().all();
    return readings.get(readings.size() - 1).observedMs();
  }

  private String sums() {
    return sums("''", "sum(energy_mj + energy_mj_bridged)", "gpu_10s", "1")
        + " "
        + sums("''", "sum(output_tokens + output_tokens_bridged)", "engine_10s", "1")
        + " "
        + sums("''", "sum(gpu_mj + gpu_mj_bridged + output_tokens)", "efficiency_10s", "1");
  }

  private static boolean lastThreeAgree(List<String> seen) {
    int n = seen.size();
    return n >= 3 && seen.subList(n - 3, n).stream().distinct().count() == 1;
  }

  List<TrueNode> nodes() {
    return nodes;
  }

  /** What the simulated gateway told and the intake acknowledged. */
  SentEvents sentEvents() {
    return quickstart.sentEvents().orElseThrow();
  }

  List<RequestEvent> events() throws InvalidProtocolBufferException {
    return PublishedEvents.read(quickstart.bootstrap());
  }

  PublishedLog log() {
    return log;
  }

  Store store() {
    return store;
  }

  /** The address of the charts, as the command prints it. */
  URI dashboardUrl() {
    return quickstart.dashboardUrl();
  }

  TrueNode node(String name) {
    return nodes.stream().filter(n -> n.node.name().equals(name)).findFirst().orElseThrow();
  }

  /** One whole number per key, from the final rows of a table. */
  Map<String, Long> sums(String key, String value, String table, String where) {
    Map<String, Long> sums = new TreeMap<>();
    store
        .rows(
            "SELECT %s AS k, toInt64(%s) AS v FROM tokenwatt.%s FINAL WHERE %s GROUP BY k"
                .formatted(key, value, table, where))
        .forEach(row -> sums.put(row.getString("k"), row.getLong("v")));
    return sums;
  }

  @Override
  public void close() {
    store.close();
    quickstart.close();
  }
}
