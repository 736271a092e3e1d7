package io.tokenwatt.quickstart.fleet.physics;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Builds a machine from its plan; the same seed and start give the same machine. */
public final class NodeAssembly {
  private static final long YOUNGEST_DRIVER_MJ = 10_000_000_000L;
  private static final long OLDEST_DRIVER_MJ = 400_000_000_000L;

  private final NodePlan plan;
  private final long startUs;
  private final SplittableRandom random;

  private NodeAssembly(NodePlan plan, long seed, long startUs) {
    this.plan = plan;
    this.startUs = startUs;
    this.random = new SplittableRandom(seed * 31 + plan.node().hashCode());
  }

  /**
   * @param startUs where event time begins, Unix microseconds
   * @param mostEdges how many instants of truth are kept
   */
  public static NodePhysics build(NodePlan plan, long seed, long startUs, int mostEdges) {
    return new NodeAssembly(plan, seed, startUs).node(mostEdges);
  }

  private NodePhysics node(int mostEdges) {
    List<Board> boards = new ArrayList<>();
    for (List<Slice> slices : plan.boards()) {
      boards.add(board(boards.size(), slices));
    }
    List<EngineProcess> engines =
        plan.engines().stream().map(engine -> engine(engine, boards)).toList();
    // The exporter's own phase: readings and scrapes fall on different instants.
    long firstUs = startUs + 1_000_000 + random.nextLong(plan.collectPeriodUs());
    Collector collector = new Collector(boards, plan.collectPeriodUs(), firstUs, startUs);
    return new NodePhysics(boards, engines, collector, mostEdges, startUs);
  }

  private Board board(int index, List<Slice> slices) {
    double silicon = 0.97 + 0.06 * random.nextDouble();
    long startMj = random.nextLong(YOUNGEST_DRIVER_MJ, OLDEST_DRIVER_MJ);
    return new Board(index, uuid(), plan.hardware(), slices, silicon, startUs, startMj * 1_000_000);
  }

  private String uuid() {
    String hex = String.format("%016x%016x", random.nextLong(), random.nextLong());
    return "GPU-"
        + String.join(
            "-",
            hex.substring(0, 8),
            hex.substring(8, 12),
            hex.substring(12, 16),
            hex.substring(16, 20),
            hex.substring(20));
  }

  private EngineProcess engine(EnginePlan engine, List<Board> boards) {
    Slice slice = boards.get(engine.places().get(0).board()).slices().get(slot(engine));
    Roofline roofline = new Roofline(plan.hardware(), slice, engine.model(), engine.tp());
    if (roofline.kvTokens() < engine.model().maxModelLen()) {
      throw new IllegalArgumentException(
          "engine " + engine.name() + ": " + engine.model().name() + " does not fit its boards");
    }
    List<EngineRank> ranks = new ArrayList<>();
    for (int rank = 0; rank < engine.ranks(); rank++) {
      List<EngineRank.Seat> seats =
          engine.places(rank).stream()
              .map(place -> new EngineRank.Seat(boards.get(place.board()), place.slice()))
              .toList();
      ranks.add(new EngineRank(roofline, seats, arrivals(engine, roofline), startUs));
    }
    long processStartUs = startUs - random.nextLong(60_000_000L, 86_400_000_000L);
    return new EngineProcess(engine.name(), roofline, ranks, engine.restart(), processStartUs);
  }

  private static int slot(EnginePlan engine) {
    return engine.places().get(0).slice();
  }

  private Arrivals arrivals(EnginePlan engine, Roofline roofline) {
    Traffic traffic = engine.traffic();
    return new Arrivals(
        traffic,
        LoadPlan.requestsPerSecond(traffic, roofline),
        plan.daylight(),
        engine.model().maxModelLen() - 2048,
        random.split(),
        startUs);
  }
}
