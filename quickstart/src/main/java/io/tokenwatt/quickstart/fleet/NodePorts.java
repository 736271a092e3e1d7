package io.tokenwatt.quickstart.fleet;

import io.tokenwatt.quickstart.fleet.physics.EngineProcess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** A node's listening ports and when each of them is open. Not thread-safe. */
final class NodePorts implements AutoCloseable {
  /** dcgm-exporter sets no type of its own; Go's server sniffs one. */
  private static final Map<String, String> GO =
      Map.of("Content-Type", "text/plain; charset=utf-8", "X-Content-Type-Options", "nosniff");

  private static final Map<String, String> PYTHON =
      Map.of("Content-Type", "text/plain; version=0.0.4; charset=utf-8");

  private record Port(PageServer server, Outages outages, BooleanSupplier alive) {
    void follow(long nowUs) {
      server.listen(alive.getAsBoolean() && !outages.at(nowUs));
    }
  }

  private final List<Port> ports = new ArrayList<>();
  private final List<SimulatedTarget> targets = new ArrayList<>();

  NodePorts(NodeSpec spec, NodeRuntime runtime, Ports free, long seed, long startUs)
      throws IOException {
    PageServer dcgm = new PageServer(free.bind(), GO, runtime::dcgmPage);
    add("dcgm", "dcgm", dcgm, outages(spec.flakyExporter(), seed, startUs), () -> true);
    for (EngineProcess engine : runtime.physics().engines()) {
      PageServer vllm = new PageServer(free.bind(), PYTHON, () -> runtime.vllmPage(engine));
      boolean flaky =
          spec.engines().stream().anyMatch(e -> e.flaky() && e.target().equals(engine.name()));
      add(engine.name(), "vllm", vllm, outages(flaky, seed + 1, startUs), () -> runtime.up(engine));
    }
  }

  List<SimulatedTarget> targets() {
    return List.copyOf(targets);
  }

  /** Opens and closes ports as it should be now. */
  void follow(long nowUs) {
    ports.forEach(port -> port.follow(nowUs));
  }

  @Override
  public void close() {
    ports.forEach(port -> port.server().close());
  }

  private void add(
      String name, String kind, PageServer server, Outages outages, BooleanSupplier alive) {
    ports.add(new Port(server, outages, alive));
    targets.add(new SimulatedTarget(name, server.url(), kind));
  }

  private static Outages outages(boolean flaky, long seed, long startUs) {
    return flaky ? Outages.nowAndThen(seed, startUs) : Outages.never();
  }
}
