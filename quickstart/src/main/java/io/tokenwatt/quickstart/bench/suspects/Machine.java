package io.tokenwatt.quickstart.bench.suspects;

import io.tokenwatt.collectors.discovery.NodeSpec;
import io.tokenwatt.collectors.ownership.BindingSpec;
import io.tokenwatt.collectors.ownership.BoardRef;
import io.tokenwatt.jobs.efficiency.CatalogueNaming;
import io.tokenwatt.jobs.node.FactOutput;
import io.tokenwatt.jobs.node.NodeMeter;
import io.tokenwatt.jobs.node.NodeState;
import io.tokenwatt.quickstart.fleet.physics.EngineProcess;
import io.tokenwatt.quickstart.fleet.physics.NodeAssembly;
import io.tokenwatt.quickstart.fleet.physics.NodePhysics;
import io.tokenwatt.quickstart.fleet.physics.NodePlan;
import io.tokenwatt.quickstart.fleet.text.DcgmText;
import io.tokenwatt.quickstart.fleet.text.EngineText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One node from physics to facts: boards and engines, their pages, the agent that reads them and
 * the job's own meter. Virtual time, no network.
 */
public final class Machine {
  static final int TICK_MS = 5000;

  /** What dcgm-exporter's default counters leave out and this fleet's configuration asks for. */
  private static final List<String> NOT_DEFAULT =
      List.of(
          "DCGM_FI_DEV_CLOCKS_EVENT_REASONS",
          "DCGM_FI_DEV_ENFORCED_POWER_LIMIT",
          "DCGM_FI_DEV_POWER_VIOLATION",
          "DCGM_FI_DEV_THERMAL_VIOLATION");

  final NodePhysics physics;
  private final boolean defaults;
  private final DcgmText boards;
  private final Map<String, EngineText> engines = new HashMap<>();
  private final TextAgent agent;
  private final NodeMeter meter;
  final List<BindingSpec> bindings = new ArrayList<>();

  /**
   * @param defaults its dcgm-exporter shows the default counters alone
   */
  Machine(NodePlan plan, long seed, long startUs, boolean defaults, FactOutput facts) {
    this(plan, seed, startUs, TICK_MS, defaults, facts);
  }

  /**
   * @param tickMs between two scrapes
   */
  public Machine(
      NodePlan plan, long seed, long startUs, int tickMs, boolean defaults, FactOutput facts) {
    this.physics = NodeAssembly.build(plan, seed, startUs, 0);
    this.defaults = defaults;
    this.boards = new DcgmText(physics.boards(), plan.node(), "", !defaults);
    physics.engines().forEach(engine -> engines.put(engine.name(), EngineText.of(engine)));
    this.agent = new TextAgent(NodeSpec.of(plan.node(), "us-east"), tickMs);
    this.meter = new NodeMeter(new NodeState(), new CatalogueNaming(), 0, facts);
  }

  /** The engine or other process of this name works on these boards. */
  public void bind(String workload, List<Integer> gpus, List<String> targets) {
    bindings.add(
        BindingSpec.of(
            workload, gpus.stream().map(gpu -> BoardRef.parse(gpu.toString())).toList(), targets));
    agent.bind(bindings);
  }

  /** Scrapes at {@code atMs} and meters what was read. */
  public void tick(long atMs) {
    physics.advance(atMs * 1000);
    Map<String, byte[]> pages = new LinkedHashMap<>();
    byte[] page = boards.render(physics.collector().readings());
    pages.put("dcgm", defaults ? defaultsOf(page) : page);
    for (EngineProcess engine : physics.engines()) {
      pages.put(engine.name(), engine.up() ? engines.get(engine.name()).render(atMs * 1000) : null);
    }
    meter.accept(agent.sample(atMs, pages), atMs + 20);
    meter.advance(atMs);
  }

  private static byte[] defaultsOf(byte[] page) {
    return new String(page, StandardCharsets.UTF_8)
        .lines()
        .filter(line -> NOT_DEFAULT.stream().noneMatch(line::contains))
        .collect(Collectors.joining("\n", "", "\n"))
        .getBytes(StandardCharsets.UTF_8);
  }
}
