package io.tokenwatt.quickstart.fleet;

import io.tokenwatt.quickstart.fleet.physics.FinishedRequest;
import io.tokenwatt.quickstart.fleet.physics.Injection;
import io.tokenwatt.quickstart.fleet.physics.NodeAssembly;
import io.tokenwatt.quickstart.fleet.physics.NodePhysics;
import io.tokenwatt.quickstart.fleet.physics.NodePlan;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running fleet: machines whose exporters answer on loopback until {@link #close}. The state at
 * an instant depends on the seed, the start and the instant, not on who scraped. Thread-safe.
 */
public final class Fleet implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Fleet.class);
  private static final long TICK_MS = 200;

  private record Running(
      NodeSpec spec, SimulatedNode node, NodeLife life, NodeRuntime runtime, NodePorts ports) {}

  private final FleetOptions options;
  private final List<Running> running = new ArrayList<>();
  private final List<SimulatedNode> nodes;
  private boolean closed;
  private final ScheduledExecutorService driver =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "simulated-fleet");
            thread.setDaemon(true);
            return thread;
          });

  private Fleet(FleetOptions options) throws IOException {
    this.options = options;
    long startUs = nowUs() - options.warmUp().toNanos() / 1000;
    Ports ports = new Ports(options.portBase());
    try {
      for (List<NodeSpec> island : FleetLayout.standard()) {
        run(island, ports, startUs);
      }
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
    this.nodes = running.stream().map(Running::node).toList();
  }

  /**
   * Starts the fleet; when it returns, every target answers but those of nodes still to come.
   *
   * @throws IOException if no free ports are found
   */
  public static Fleet start(FleetOptions options) throws IOException {
    Fleet fleet = new Fleet(options);
    fleet.tick();
    fleet.running.forEach(node -> node.runtime().warm());
    if (options.selfDriven()) {
      fleet.driver.scheduleAtFixedRate(fleet::tickSafely, TICK_MS, TICK_MS, TimeUnit.MILLISECONDS);
    }
    return fleet;
  }

  public List<SimulatedNode> nodes() {
    return nodes;
  }

  /**
   * Lowers or raises the power limit of boards: their clock, their tokens per second and their
   * watts follow within one step of their engine.
   *
   * @param watts per board, above its idle power and at most its default limit
   * @throws IllegalArgumentException if no node matches, or the watts are out of range
   */
  public void powerCap(String region, String modelName, double watts) {
    inject(region, modelName, new Injection.PowerCap(watts));
  }

  /**
   * Lets something happen now to all nodes of one board type in one region; it shows only in what
   * their exporters print.
   *
   * @param region the nodes' region
   * @param modelName their boards, as dcgm-exporter names them
   * @throws IllegalArgumentException if no node matches, or the size makes no sense for the boards
   */
  public void inject(String region, String modelName, Injection injection) {
    List<Running> hit =
        running.stream()
            .filter(node -> node.spec().place().region().equals(region))
            .filter(node -> node.spec().hardware().modelName().equals(modelName))
            .toList();
    if (hit.isEmpty()) {
      throw new IllegalArgumentException(
          "injection: no node in region '" + region + "' with boards '" + modelName + "'");
    }
    hit.forEach(node -> node.runtime().inject(injection));
  }

  /** From now on {@link #endedRequests} tells of requests, of an engine once it is scraped. */
  public void noteRequests() {
    running.forEach(node -> node.runtime().noteRequests());
  }

  /** The requests that ended since the last call, those of one engine in the order of time. */
  public List<ServedRequest> endedRequests() {
    List<ServedRequest> ended = new ArrayList<>();
    for (Running node : running) {
      for (FinishedRequest request : node.runtime().endedRequests()) {
        EngineSpec engine =
            node.spec().engines().stream()
                .filter(spec -> spec.target().equals(request.engine()))
                .findFirst()
                .orElseThrow();
        if (node.life().at(request.endedUs())) {
          ended.add(
              new ServedRequest(
                  node.spec().place(), engine.workload(), engine.model().name(), request));
        }
      }
    }
    return ended;
  }

  /** Brings all nodes and ports up to the clock; needed only on a stepped clock. */
  public synchronized void tick() {
    if (closed) {
      return;
    }
    long now = nowUs();
    for (Running node : running) {
      node.runtime().advance();
      node.ports().follow(now);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    driver.shutdownNow();
    running.forEach(node -> node.ports().close());
  }

  private void tickSafely() {
    try {
      tick();
    } catch (RuntimeException e) {
      LOG.error("the simulated fleet cannot go on", e);
      throw e;
    }
  }

  private long nowUs() {
    Instant now = options.clock().instant();
    return now.getEpochSecond() * 1_000_000 + now.getNano() / 1000;
  }

  private void run(List<NodeSpec> island, Ports free, long startUs) throws IOException {
    List<NodePlan> plans =
        island.stream().map(spec -> NodePlans.of(spec, options, startUs)).toList();
    List<NodePhysics> machines =
        NodeAssembly.build(plans, options.seed(), startUs, options.mostTruth());
    for (int i = 0; i < island.size(); i++) {
      NodeSpec spec = island.get(i);
      NodePhysics physics = machines.get(i);
      long seed = options.seed() * 1_000_003 + spec.name().hashCode();
      NodeLife life = NodeLife.of(spec.traits().life(), options, startUs);
      NodeRuntime runtime = new NodeRuntime(physics, spec, this::nowUs, options.mostTruth());
      NodePorts ports = new NodePorts(spec, runtime, free, life, seed, startUs);
      SimulatedNode node =
          new SimulatedNode(
              spec.place(),
              spec.hardware().modelName(),
              ports.targets(),
              Bindings.of(island, i, physics.boards()),
              spec.peculiarity(),
              runtime.truth());
      running.add(new Running(spec, node, life, runtime, ports));
    }
  }
}
