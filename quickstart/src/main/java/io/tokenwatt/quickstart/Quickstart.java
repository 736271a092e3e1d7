package io.tokenwatt.quickstart;

import io.tokenwatt.collectors.agent.Agent;
import io.tokenwatt.collectors.agent.AgentConfig;
import io.tokenwatt.dashboards.builtin.DashboardDoor;
import io.tokenwatt.dashboards.builtin.DashboardLink;
import io.tokenwatt.jobs.JobsLauncher;
import io.tokenwatt.jobs.efficiency.JobConfig;
import io.tokenwatt.jobs.node.LabelLimits;
import io.tokenwatt.model.Topics;
import io.tokenwatt.quickstart.fleet.Fleet;
import io.tokenwatt.quickstart.fleet.FleetOptions;
import io.tokenwatt.quickstart.fleet.gateway.Gateway;
import io.tokenwatt.quickstart.fleet.gateway.SentEvents;
import io.tokenwatt.storage.StoreConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.flink.core.execution.JobClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole product in one process and two children: engines, fleet (simulated or real), agent,
 * job. Everything that started is stopped by {@link #close}, in the order in which samples flow,
 * also when a later part failed to start.
 */
public final class Quickstart implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Quickstart.class);

  private final Deque<AutoCloseable> running = new ArrayDeque<>();
  private Engines engines;
  private Fleet fleet;
  private Agent agent;
  private Gateway gateway;
  private DashboardDoor door;
  private QuickstartOptions options;
  private int uiPort;

  /** Starts everything; when it returns, samples flow. */
  public static Quickstart start(QuickstartOptions options, Path data, Progress progress)
      throws Exception {
    return start(options, FleetOptions.of(options.seed()), data, progress);
  }

  /** The same with a fleet of the caller's. */
  static Quickstart start(
      QuickstartOptions options, FleetOptions simulated, Path data, Progress progress)
      throws Exception {
    Quickstart quickstart = new Quickstart();
    try {
      quickstart.run(options, simulated, data, progress);
      return quickstart;
    } catch (Exception e) {
      quickstart.close();
      throw e;
    }
  }

  private void run(QuickstartOptions options, FleetOptions simulated, Path data, Progress progress)
      throws Exception {
    this.options = options;
    CompletableFuture<Fleet> fleetStarting =
        CompletableFuture.supplyAsync(() -> options.simulated() ? startFleet(simulated) : null);
    try {
      engines = Engines.start(options, data, progress);
      running.push(engines);
    } finally {
      fleet = fleetStarting.handle((started, e) -> started).join();
      if (fleet != null) {
        running.push(fleet);
      }
    }
    fleetStarting.join(); // its own reason, if it failed
    if (fleet != null) {
      progress.say(
          "simulated fleet: %d nodes, %d exporters answer over HTTP",
          fleet.nodes().size(), fleet.nodes().stream().mapToInt(n -> n.targets().size()).sum());
    }
    // Samples wait in Kafka for the job, so the agent need not wait for it.
    agent = Agent.start(agentConfig(options, data));
    progress.say("agent scrapes once a second: http:/%s/healthz", agent.statusAddress());
    door =
        DashboardDoor.open(
            options.port(5), DashboardLink.of(engines.httpUrl(), "default", StoreConfig.DATABASE));
    running.push(door);
    uiPort = options.portBase() == 0 ? freePort() : options.port(3);
    try {
      JobClient job = JobsLauncher.start(jobConfig(data));
      running.push(() -> job.cancel().get(5, TimeUnit.SECONDS));
    } finally {
      running.push(agent);
    }
    agent.requestsAddress().ifPresent(address -> openGateway(options, address));
    progress.say("Flink runs the efficiency job: %s", flinkUrl());
  }

  private void openGateway(QuickstartOptions options, InetSocketAddress intake) {
    URI url = URI.create("http://127.0.0.1:" + intake.getPort() + "/v1/requests");
    gateway = Gateway.open(fleet, options.seed(), url);
    running.push(gateway);
  }

  private static Fleet startFleet(FleetOptions simulated) {
    try {
      return Fleet.start(simulated);
    } catch (IOException e) {
      throw new UncheckedIOException("the simulated fleet finds no ports", e);
    }
  }

  private AgentConfig agentConfig(QuickstartOptions options, Path data) {
    if (options.simulated()) {
      return AgentSetup.simulated(fleet.nodes(), engines.bootstrap(), data, options.port(4));
    }
    return options
        .targetFiles()
        .map(file -> AgentSetup.files(file, engines.bootstrap(), data, options.port(4)))
        .orElseGet(
            () ->
                AgentSetup.targets(options.targets(), engines.bootstrap(), data, options.port(4)));
  }

  private JobConfig jobConfig(Path data) {
    return new JobConfig(
        engines.bootstrap(),
        Topics.NODE_SAMPLES,
        "tokenwatt-efficiency",
        Map.of(),
        engines.store(),
        data.resolve("checkpoints").toUri().toString(),
        Duration.ofSeconds(5),
        2,
        Duration.ofSeconds(2),
        Duration.ofSeconds(1),
        JobConfig.LAST_RESORT,
        0,
        uiPort,
        ExampleNodeClasses.read(data),
        JobConfig.Requests.ON,
        LabelLimits.DEFAULT,
        new JobConfig.Regressions(true, Rehearsal.TUNING));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress("127.0.0.1", 0));
      return socket.getLocalPort();
    }
  }

  public StoreConfig store() {
    return engines.store();
  }

  /** The Kafka broker, host:port. */
  public String bootstrap() {
    return engines.bootstrap();
  }

  /** ClickHouse's HTTP address. */
  public String httpUrl() {
    return engines.httpUrl();
  }

  public int nativePort() {
    return engines.nativePort();
  }

  /** Leads to ClickHouse's own dashboard page with our charts. */
  public URI dashboardUrl() {
    return door.url();
  }

  public String flinkUrl() {
    return "http://127.0.0.1:" + uiPort;
  }

  /** The simulated fleet, with its truth; empty over real exporters. */
  public Optional<Fleet> fleet() {
    return Optional.ofNullable(fleet);
  }

  /**
   * Watches from now on; what would wake somebody goes to {@code listener} as text, on a thread of
   * the receiver's. To be called once rows come: an empty store counts as a fleet that is silent.
   *
   * @throws IOException if the receiver's port cannot be had
   */
  public synchronized Alerting alert(Consumer<String> listener) throws IOException {
    Alerting alerting = Alerting.start(engines.store(), options.port(6), listener);
    running.push(alerting);
    return alerting;
  }

  /** What the simulated gateway has told; empty over real exporters. */
  public Optional<SentEvents> sentEvents() {
    return Optional.ofNullable(gateway).map(Gateway::sent);
  }

  public Agent agent() {
    return agent;
  }

  /** Stops the agent, so that nothing new comes; what is on its way still arrives. */
  public void stopScraping() {
    if (gateway != null) {
      gateway.close();
    }
    agent.close();
  }

  @Override
  public synchronized void close() {
    while (!running.isEmpty()) {
      try {
        running.pop().close();
      } catch (Exception e) {
        LOG.warn("while stopping: {}", e.toString());
      }
    }
  }
}
