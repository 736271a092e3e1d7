package io.tokenwatt.collectors.agent;

import io.tokenwatt.collectors.clock.BootClock;
import io.tokenwatt.collectors.clock.BrokerSkew;
import io.tokenwatt.collectors.clock.Moment;
import io.tokenwatt.collectors.discovery.TargetFiles;
import io.tokenwatt.collectors.exporters.ExporterCatalogue;
import io.tokenwatt.collectors.http.Counters;
import io.tokenwatt.collectors.http.Health;
import io.tokenwatt.collectors.http.StatusServer;
import io.tokenwatt.collectors.kubernetes.KubernetesNode;
import io.tokenwatt.collectors.publish.EventPublisher;
import io.tokenwatt.collectors.publish.KafkaPublisher;
import io.tokenwatt.collectors.publish.KafkaSpec;
import io.tokenwatt.collectors.publish.SampleSink;
import io.tokenwatt.collectors.requests.RequestServer;
import io.tokenwatt.collectors.requests.RequestsSpec;
import io.tokenwatt.collectors.requests.ServedByRule;
import io.tokenwatt.collectors.requests.ServerMemory;
import io.tokenwatt.collectors.scrape.ScrapeClient;
import io.tokenwatt.collectors.scrape.TargetSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running agent: scrapes its nodes at every tick and publishes one record per node and tick,
 * until closed. Failing targets, a broker that is away and ticks that overrun are counted and named
 * in /healthz; none of them ends it.
 */
public final class Agent implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Agent.class);
  private static final Duration DRAIN = Duration.ofMillis(700);

  private final AgentParts parts;
  private final StatusServer status;
  private final Optional<RequestServer> requests;
  private final NodeFleet fleet;
  private final TickLoop loop;
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile double lagSeconds;

  private Agent(AgentParts parts, StatusServer status, Optional<RequestServer> requests) {
    this.parts = parts;
    this.status = status;
    this.requests = requests;
    AgentConfig config = parts.config();
    this.fleet =
        new NodeFleet(
            parts,
            new TargetFiles(
                config.own(),
                config.nodes(),
                config.fileSd(),
                parts.health(),
                parts.kubernetes().map(KubernetesNode::targets).orElse(List.of())));
    this.loop = new TickLoop(schedule(config), this::tick, n -> parts.tally().overrun("", n));
    parts
        .counters()
        .gauge(
            "tokenwatt_agent_tick_lag_seconds", "How late the last tick began.", () -> lagSeconds);
  }

  /**
   * Starts publishing to the configuration's Kafka.
   *
   * @throws io.tokenwatt.config.ConfigException if an exporter description or a target's kind is
   *     wrong
   * @throws IllegalArgumentException if Kafka is not configured or a certificate cannot be read
   * @throws org.apache.kafka.common.KafkaException if a Kafka property is wrong
   * @throws UncheckedIOException if the address to listen on or the spool's folder cannot be had
   */
  public static Agent start(AgentConfig config) {
    KafkaSpec kafka =
        config.kafka().orElseThrow(() -> new IllegalArgumentException("kafka is not configured"));
    AgentRun run = AgentRun.begin(config.spool());
    BootClock clock = BootClock.read();
    BrokerSkew skew = new BrokerSkew();
    return start(
        config,
        (counters, health) -> new KafkaPublisher(kafka, run.spool(), clock, skew, counters, health),
        run.number(),
        clock,
        skew);
  }

  /** This machine's boot says nothing of the counters of other machines that it scrapes. */
  private static long bootedAt(AgentConfig config) {
    return config.nodes().size() == 1 && config.fileSd().isEmpty() ? BootTime.read() : 0;
  }

  /** Starts publishing to a sink of the caller's, which is closed with the agent. */
  public static Agent start(
      AgentConfig config, BiFunction<Counters, Health, SampleSink> publisher) {
    return start(config, publisher, System.currentTimeMillis(), BootClock.read(), new BrokerSkew());
  }

  /**
   * @param run orders this agent's records behind those of the one before
   * @param skew what the publisher learns of the broker's clock
   */
  static Agent start(
      AgentConfig config,
      BiFunction<Counters, Health, SampleSink> publisher,
      long run,
      Supplier<Moment> clock,
      BrokerSkew skew) {
    ExporterCatalogue catalogue = ExporterCatalogue.load(config.exporterFolders());
    TargetKinds.check(config, catalogue);
    Counters counters = new Counters();
    Health health = new Health(Instant::now);
    SampleSink kafka = publisher.apply(counters, health);
    List<ServedByRule> rules = config.requests().map(RequestsSpec::servedBy).orElse(List.of());
    ServerMemory servers = new ServerMemory(kafka, rules);
    SampleSink sink = config.requests().isPresent() ? servers : kafka;
    ScrapeClient client = new ScrapeClient();
    try {
      AgentTally tally = new AgentTally(counters);
      AgentParts parts =
          new AgentParts(
              config,
              catalogue,
              client,
              sink,
              counters,
              health,
              tally,
              run,
              bootedAt(config),
              kubernetes(config, catalogue, client, counters, health),
              new ClockWatch(clock, skew, counters, health));
      StatusServer status = new StatusServer(config.listen(), counters, health);
      Agent agent = new Agent(parts, status, requests(parts, servers));
      LOG.info("agent started, status at http:/{}/healthz", agent.status.address());
      parts.kubernetes().ifPresent(KubernetesNode::start);
      agent.loop.start();
      return agent;
    } catch (IOException | RuntimeException e) {
      client.close();
      sink.close();
      throw e instanceof RuntimeException bug ? bug : new UncheckedIOException((IOException) e);
    }
  }

  private static Optional<RequestServer> requests(AgentParts parts, ServerMemory servers)
      throws IOException {
    if (parts.config().requests().isEmpty()) {
      return Optional.empty();
    }
    RequestsSpec spec = parts.config().requests().get();
    KafkaSpec kafka =
        parts
            .config()
            .kafka()
            .orElseThrow(() -> new IllegalArgumentException("kafka is not configured"));
    return Optional.of(
        new RequestServer(
            spec,
            parts.config().own().node(),
            servers,
            new EventPublisher(kafka, spec.topic()),
            parts.counters(),
            parts.health()));
  }

  /** Where request events are taken in; empty where they are not. */
  public Optional<InetSocketAddress> requestsAddress() {
    return requests.map(RequestServer::address);
  }

  private static Optional<KubernetesNode> kubernetes(
      AgentConfig config,
      ExporterCatalogue catalogue,
      ScrapeClient client,
      Counters counters,
      Health health) {
    List<TargetSpec> configured =
        config.nodes().stream()
            .filter(plan -> plan.node().equals(config.own()))
            .flatMap(plan -> plan.targets().stream())
            .toList();
    return config
        .ownership()
        .kubernetes()
        .map(
            spec ->
                new KubernetesNode(
                    spec, config.own(), configured, catalogue, client, counters, health));
  }

  /** Where /metrics and /healthz are. */
  public InetSocketAddress statusAddress() {
    return status.address();
  }

  /** Empty where the configuration does not ask Kubernetes. */
  Optional<KubernetesNode> kubernetes() {
    return parts.kubernetes();
  }

  /** What /metrics shows. */
  public Counters counters() {
    return parts.counters();
  }

  /** What /healthz shows. */
  public Health health() {
    return parts.health();
  }

  private void tick(long lateNanos) {
    lagSeconds = lateNanos / 1e9;
    parts.tally().ticked();
    parts.clock().look();
    try {
      fleet.tick();
    } catch (RuntimeException e) {
      LOG.error("a bug of ours, this tick is incomplete", e);
    }
  }

  private static Schedule schedule(AgentConfig config) {
    long period = config.tick().toNanos();
    // By the nodes' names: the same after a restart, different from agent to agent.
    long names = config.own().node().hashCode();
    names = 31 * names + config.nodes().stream().map(p -> p.node().node()).toList().hashCode();
    long phase = Math.floorMod(names * 0x9E3779B97F4A7C15L, period);
    long wall = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
    return Schedule.start(System.nanoTime(), wall, phase, period);
  }

  /** Ends ticks, waits for the one under way and delivers what is waiting; within 5 s, and once. */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    loop.close();
    requests.ifPresent(RequestServer::close);
    long deadline = System.nanoTime() + DRAIN.toNanos();
    while (!fleet.isIdle() && System.nanoTime() - deadline < 0) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
    fleet.stop();
    parts.kubernetes().ifPresent(KubernetesNode::close);
    parts.client().close();
    parts.sink().close();
    status.close();
    LOG.info(
        "agent stopped: {} records published, {} lost while it ran, {} of them at its end",
        counters().sum("tokenwatt_agent_records_published_total"),
        counters().sum("tokenwatt_agent_records_failed_total"),
        lostAtEnd());
  }

  /** Records that were neither delivered nor left in a spool when it was closed. */
  long lostAtEnd() {
    return counters().value("tokenwatt_agent_records_failed_total", "reason", "closed");
  }
}
