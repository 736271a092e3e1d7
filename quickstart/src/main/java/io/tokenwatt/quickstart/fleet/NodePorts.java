package io.tokenwatt.quickstart.fleet;

import io.tokenwatt.quickstart.fleet.physics.EngineProcess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** A node's listening ports and when each of them is open. Not thread-safe. */
final class NodePorts implements AutoCloseable {
  /** dcgm-exporter sets no type of its own; Go's server sniffs one. */
  private static final Map<String, String> SNIFFED =
      Map.of("Content-Type", "text/plain; charset=utf-8", "X-Content-Type-Options", "nosniff");

  private static final Map<String, String> GO =
      Map.of("Content-Type", "text/plain; version=0.0.4; charset=utf-8; escaping=values");

  private static final Map<String, String> PYTHON =
      Map.of("Content-Type", "text/plain; version=0.0.4; charset=utf-8");

  private record Port(PageServer server, Outages outages, BooleanSupplier alive) {
    void follow(long nowUs, NodeLife life) {
      server.listen(life.at(nowUs) && alive.getAsBoolean() && !outages.at(nowUs));
    }
  }

  private final List<Port> ports = new ArrayList<>();
  private final List<SimulatedTarget> targets = new ArrayList<>();
  private final Ports free;
  private final NodeLife life;

  NodePorts(NodeSpec spec, NodeRuntime runtime, Ports free, NodeLife life, long seed, long startUs)
      throws IOException {
    this.free = free;
    this.life = life;
    NodeTraits traits = spec.traits();
    Outages flaps = outages(traits.flakyExporter(), seed, startUs);
    if (spec.hardware().isAmd()) {
      add("amd", "amd", GO, runtime::boardPage, flaps, () -> true);
    } else {
      add("dcgm", "dcgm", SNIFFED, runtime::boardPage, flaps, () -> true);
    }
    if (traits.meter() != NodeTraits.Meter.NONE) {
      Supplier<byte[]> page = () -> runtime.meterPage(traits.meter());
      add("meter", "node_energy", GO, page, Outages.never(), () -> true);
    }
    for (EngineProcess engine : runtime.physics().engines()) {
      boolean flaky =
          spec.engines().stream().anyMatch(e -> e.flaky() && e.target().equals(engine.name()));
      add(
          engine.name(),
          engine.kind().label(),
          PYTHON,
          () -> runtime.enginePage(engine),
          outages(flaky, seed + 1, startUs),
          () -> runtime.up(engine));
    }
  }

  List<SimulatedTarget> targets() {
    return List.copyOf(targets);
  }

  /** Opens and closes ports as it should be now. */
  void follow(long nowUs) {
    ports.forEach(port -> port.follow(nowUs, life));
  }

  @Override
  public void close() {
    ports.forEach(port -> port.server().close());
  }

  private void add(
      String name,
      String kind,
      Map<String, String> headers,
      Supplier<byte[]> page,
      Outages outages,
      BooleanSupplier alive)
      throws IOException {
    PageServer server = new PageServer(free.bind(), headers, page);
    ports.add(new Port(server, outages, alive));
    targets.add(new SimulatedTarget(name, server.url(), kind));
  }

  private static Outages outages(boolean flaky, long seed, long startUs) {
    return flaky ? Outages.nowAndThen(seed, startUs) : Outages.never();
  }
}
