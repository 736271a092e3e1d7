package io.tokenwatt.quickstart.fleet;

import io.tokenwatt.quickstart.fleet.physics.BoardReading;
import io.tokenwatt.quickstart.fleet.physics.Edge;
import io.tokenwatt.quickstart.fleet.physics.EngineCounters;
import io.tokenwatt.quickstart.fleet.physics.EngineProcess;
import io.tokenwatt.quickstart.fleet.physics.EngineRank;
import io.tokenwatt.quickstart.fleet.physics.FinishedRequest;
import io.tokenwatt.quickstart.fleet.physics.Injection;
import io.tokenwatt.quickstart.fleet.physics.MachineMeter;
import io.tokenwatt.quickstart.fleet.physics.NodePhysics;
import io.tokenwatt.quickstart.fleet.text.AmdText;
import io.tokenwatt.quickstart.fleet.text.BoardText;
import io.tokenwatt.quickstart.fleet.text.DcgmText;
import io.tokenwatt.quickstart.fleet.text.EngineText;
import io.tokenwatt.quickstart.fleet.text.MeterText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;

/**
 * A node's physics with its exporters' pages and the truth of what they served. Thread-safe: one
 * lock for the nodes of an island.
 */
final class NodeRuntime {
  private final NodePhysics physics;
  private final Object lock;
  private final String node;
  private final LongSupplier nowUs;
  private final Truth truth;
  private final BoardText boards;
  private final Map<String, EngineText> engines = new HashMap<>();
  private final Map<String, Integer> scrapes = new HashMap<>();
  private boolean noting;

  /**
   * @param mostTruth scrapes per target that are written down
   */
  NodeRuntime(NodePhysics physics, NodeSpec spec, LongSupplier nowUs, int mostTruth) {
    this.physics = physics;
    this.lock = physics.island();
    this.node = spec.name();
    this.nowUs = nowUs;
    this.truth = new Truth(mostTruth, this::edges);
    this.boards =
        spec.hardware().isAmd()
            ? new AmdText(physics.boards(), node)
            : new DcgmText(
                physics.boards(), node, spec.traits().slurmJob(), spec.traits().smActive());
    physics.engines().forEach(engine -> engines.put(engine.name(), EngineText.of(engine)));
  }

  NodePhysics physics() {
    return physics;
  }

  Truth truth() {
    return truth;
  }

  void advance() {
    synchronized (lock) {
      physics.advance(nowUs.getAsLong());
    }
  }

  /** Renders each page once, so that the first scrape is answered within half a tick. */
  void warm() {
    synchronized (lock) {
      boards.render(physics.collector().readings());
      engines.values().forEach(page -> page.render(physics.nowUs()));
    }
  }

  boolean up(EngineProcess engine) {
    synchronized (lock) {
      return engine.up();
    }
  }

  /**
   * From now on the requests of this node's engines are noted, of each from its second scrape on:
   * an agent knows an engine only after the first.
   */
  void noteRequests() {
    synchronized (lock) {
      noting = true;
      physics.engines().forEach(this::noteRequests);
    }
  }

  private void noteRequests(EngineProcess engine) {
    if (noting && scrapes.getOrDefault(engine.name(), 0) > 1) {
      engine.log().open();
    }
  }

  /** The requests that ended since the last call, of one engine after the other. */
  List<FinishedRequest> endedRequests() {
    synchronized (lock) {
      return physics.engines().stream().flatMap(e -> e.log().drain().stream()).toList();
    }
  }

  void inject(Injection injection) {
    synchronized (lock) {
      physics.advance(nowUs.getAsLong());
      physics.inject(injection);
    }
  }

  byte[] boardPage() {
    synchronized (lock) {
      long now = nowUs.getAsLong();
      physics.advance(now);
      List<BoardReading> readings = physics.collector().readings();
      Map<String, Long> energy = new HashMap<>();
      readings.forEach(reading -> energy.put(reading.board().uuid(), reading.energyMj()));
      truth.served(new ServedBoards(now / 1000, Map.copyOf(energy)));
      return boards.render(readings);
    }
  }

  byte[] meterPage(NodeTraits.Meter kind) {
    synchronized (lock) {
      long now = nowUs.getAsLong();
      physics.advance(now);
      MachineMeter meter = physics.meter();
      truth.served(new ServedMeter(now / 1000, meter.energyMj(), meter.watts()));
      return kind == NodeTraits.Meter.KEPLER
          ? MeterText.kepler(meter, node)
          : MeterText.ipmi(meter);
    }
  }

  /** Null while the engine is down. */
  byte[] enginePage(EngineProcess engine) {
    synchronized (lock) {
      long now = nowUs.getAsLong();
      physics.advance(now);
      if (!engine.up()) {
        return null;
      }
      scrapes.merge(engine.name(), 1, Integer::sum);
      noteRequests(engine);
      truth.served(
          engine.name(),
          new ServedEngine(
              now / 1000,
              engine.processStartUs() / 1000,
              sum(engine, EngineCounters::outputTokens),
              sum(engine, EngineCounters::promptTokens),
              sum(engine, EngineCounters::cachedTokens),
              sum(engine, EngineCounters::transferredTokens),
              sum(engine, EngineCounters::finished)));
      return engines.get(engine.name()).render(now);
    }
  }

  private List<Edge> edges() {
    synchronized (lock) {
      physics.advance(nowUs.getAsLong());
      return physics.edges();
    }
  }

  private static long sum(EngineProcess engine, ToLongFunction<EngineCounters> count) {
    return engine.ranks().stream().map(EngineRank::counters).mapToLong(count).sum();
  }
}
