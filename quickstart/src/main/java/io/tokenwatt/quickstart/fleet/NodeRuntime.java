package io.tokenwatt.quickstart.fleet;

import io.tokenwatt.quickstart.fleet.physics.BoardReading;
import io.tokenwatt.quickstart.fleet.physics.Edge;
import io.tokenwatt.quickstart.fleet.physics.EngineCounters;
import io.tokenwatt.quickstart.fleet.physics.EngineProcess;
import io.tokenwatt.quickstart.fleet.physics.EngineRank;
import io.tokenwatt.quickstart.fleet.physics.Hardware;
import io.tokenwatt.quickstart.fleet.physics.NodePhysics;
import io.tokenwatt.quickstart.fleet.text.DcgmText;
import io.tokenwatt.quickstart.fleet.text.VllmText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;

/**
 * A node's physics with its exporters' pages and the truth of what they served. Thread-safe: one
 * lock for the node.
 */
final class NodeRuntime {
  private final NodePhysics physics;
  private final LongSupplier nowUs;
  private final Truth truth;
  private final DcgmText dcgm;
  private final Map<String, VllmText> vllm = new HashMap<>();

  /**
   * @param mostTruth scrapes per target that are written down
   */
  NodeRuntime(NodePhysics physics, NodeSpec spec, LongSupplier nowUs, int mostTruth) {
    this.physics = physics;
    this.nowUs = nowUs;
    this.truth = new Truth(mostTruth, this::edges);
    this.dcgm = new DcgmText(physics.boards(), spec.place().node(), spec.smActive());
    physics.engines().forEach(engine -> vllm.put(engine.name(), new VllmText(engine)));
  }

  NodePhysics physics() {
    return physics;
  }

  Truth truth() {
    return truth;
  }

  synchronized void advance() {
    physics.advance(nowUs.getAsLong());
  }

  /** Renders each page once, so that the first scrape is answered within half a tick. */
  synchronized void warm() {
    dcgm.render(physics.collector().readings());
    vllm.values().forEach(page -> page.render(physics.nowUs()));
  }

  synchronized boolean up(EngineProcess engine) {
    return engine.up();
  }

  synchronized void powerCap(Hardware hardware, double watts) {
    physics.advance(nowUs.getAsLong());
    physics.powerCap(hardware, watts);
  }

  synchronized byte[] dcgmPage() {
    long now = nowUs.getAsLong();
    physics.advance(now);
    List<BoardReading> readings = physics.collector().readings();
    Map<String, Long> energy = new HashMap<>();
    readings.forEach(reading -> energy.put(reading.board().uuid(), reading.energyMj()));
    truth.served(new ServedBoards(now / 1000, Map.copyOf(energy)));
    return dcgm.render(readings);
  }

  /** Null while the engine is down. */
  synchronized byte[] vllmPage(EngineProcess engine) {
    long now = nowUs.getAsLong();
    physics.advance(now);
    if (!engine.up()) {
      return null;
    }
    truth.served(
        engine.name(),
        new ServedEngine(
            now / 1000,
            engine.processStartUs() / 1000,
            sum(engine, EngineCounters::outputTokens),
            sum(engine, EngineCounters::promptTokens),
            sum(engine, EngineCounters::cachedTokens),
            sum(engine, EngineCounters::finished)));
    return vllm.get(engine.name()).render(now);
  }

  private synchronized List<Edge> edges() {
    physics.advance(nowUs.getAsLong());
    return physics.edges();
  }

  private static long sum(EngineProcess engine, ToLongFunction<EngineCounters> count) {
    return engine.ranks().stream().map(EngineRank::counters).mapToLong(count).sum();
  }
}
