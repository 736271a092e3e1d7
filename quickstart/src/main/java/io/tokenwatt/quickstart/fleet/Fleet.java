package io.tokenwatt.quickstart.fleet;

import io.tokenwatt.quickstart.fleet.physics.NodeAssembly;
import io.tokenwatt.quickstart.fleet.physics.NodePhysics;
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
 * The running fleet: fourteen machines whose exporters answer on loopback until {@link #close}. The
 * state at an instant depends on the seed, the start and the instant, not on who scraped. Thread-
 * safe.
 */
public final class Fleet implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Fleet.class);
  private static final long TICK_MS = 200;

  private record Running(NodeSpec spec, NodeRuntime runtime, NodePorts ports) {}

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
      for (NodeSpec spec : FleetLayout.standard()) {
        running.add(run(spec, ports, startUs));
      }
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
    this.nodes = running.stream().map(Fleet::describe).toList();
  }

  /**
   * Starts the fleet; when it returns, every target answers.
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
   * @param region the nodes' region
   * @param modelName the boards, as dcgm-exporter names them
   * @param watts per board, above its idle power and at most its default limit
   * @throws IllegalArgumentException if no node matches, or the watts are out of range
   */
  public void powerCap(String region, String modelName, double watts) {
    List<Running> hit =
        running.stream()
            .filter(node -> node.spec().place().region().equals(region))
            .filter(node -> node.spec().hardware().modelName().equals(modelName))
            .toList();
    if (hit.isEmpty()) {
      throw new IllegalArgumentException(
          "power cap: no node in region '" + region + "' with boards '" + modelName + "'");
    }
    hit.forEach(node -> node.runtime().powerCap(node.spec().hardware(), watts));
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

  private Running run(NodeSpec spec, Ports free, long startUs) throws IOException {
    long seed = options.seed() * 1_000_003 + spec.place().node().hashCode();
    NodePhysics physics =
        NodeAssembly.build(
            NodePlans.of(spec, options, startUs), options.seed(), startUs, options.mostTruth());
    NodeRuntime runtime = new NodeRuntime(physics, spec, this::nowUs, options.mostTruth());
    return new Running(spec, runtime, new NodePorts(spec, runtime, free, seed, startUs));
  }

  private static SimulatedNode describe(Running node) {
    NodeSpec spec = node.spec();
    List<SimulatedBinding> bindings =
        spec.engines().stream()
            .map(
                engine ->
                    new SimulatedBinding(
                        engine.workload(),
                        engine.owner(),
                        engine.model().name(),
                        NodePlans.gpus(engine, node.runtime().physics().boards()),
                        List.of(engine.target())))
            .toList();
    return new SimulatedNode(
        spec.place(),
        spec.hardware().modelName(),
        node.ports().targets(),
        bindings,
        spec.peculiarity(),
        node.runtime().truth());
  }
}
