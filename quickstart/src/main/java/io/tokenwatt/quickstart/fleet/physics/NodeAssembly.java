package io.tokenwatt.quickstart.fleet.physics;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Builds machines from their plans; the same seed and start give the same machines. */
public final class NodeAssembly {
  private static final long YOUNGEST_DRIVER_MJ = 10_000_000_000L;
  private static final long OLDEST_DRIVER_MJ = 400_000_000_000L;

  private final NodePlan plan;
  private final long startUs;
  private final SplittableRandom random;
  private final List<Board> boards = new ArrayList<>();

  private NodeAssembly(NodePlan plan, long seed, long startUs) {
    this.plan = plan;
    this.startUs = startUs;
    this.random = new SplittableRandom(seed * 31 + plan.node().hashCode());
    for (List<Slice> slices : plan.boards()) {
      boards.add(board(boards.size(), slices));
    }
  }

  /**
   * @param startUs where event time begins, Unix microseconds
   * @param mostEdges how many instants of truth are kept
   */
  public static NodePhysics build(NodePlan plan, long seed, long startUs, int mostEdges) {
    return build(List.of(plan), seed, startUs, mostEdges).get(0);
  }

  /** Machines that work together, in the order of their plans. */
  public static List<NodePhysics> build(
      List<NodePlan> plans, long seed, long startUs, int mostEdges) {
    List<NodeAssembly> machines =
        plans.stream().map(plan -> new NodeAssembly(plan, seed, startUs)).toList();
    Island island = new Island(startUs);
    EngineAssembly assembly =
        new EngineAssembly(machines.stream().map(m -> m.boards).toList(), plans, startUs);
    List<NodePhysics> nodes = new ArrayList<>();
    List<Source> observers = new ArrayList<>();
    for (int i = 0; i < machines.size(); i++) {
      NodeAssembly machine = machines.get(i);
      int at = i;
      List<EngineProcess> engines =
          machine.plan.engines().stream()
              .map(engine -> assembly.engine(engine, at, machine.random))
              .toList();
      engines.forEach(engine -> engine.ranks().forEach(island::add));
      engines.forEach(island::add);
      nodes.add(machine.node(island, engines, mostEdges, observers));
    }
    observers.forEach(island::add);
    return List.copyOf(nodes);
  }

  private NodePhysics node(
      Island island, List<EngineProcess> engines, int mostEdges, List<Source> observers) {
    // The exporter's own phase: readings and scrapes fall on different instants.
    long firstUs = startUs + 1_000_000 + random.nextLong(plan.collectPeriodUs());
    Collector collector = new Collector(boards, plan.collectPeriodUs(), firstUs, startUs);
    if (!plan.training().isEmpty()) {
      List<Board> held = plan.training().stream().map(boards::get).toList();
      island.add(new Training(held, random.split(), startUs));
    }
    MachineMeter meter =
        new MachineMeter(
            boards,
            startUs,
            random.nextLong(YOUNGEST_DRIVER_MJ, OLDEST_DRIVER_MJ) * 1_000_000,
            startUs + 1 + random.nextLong(3_000_000));
    EdgeRecorder recorder = new EdgeRecorder(boards, engines, mostEdges, startUs);
    observers.addAll(List.of(recorder, collector, meter));
    return new NodePhysics(island, boards, engines, collector, meter, recorder);
  }

  private Board board(int index, List<Slice> slices) {
    double silicon = 0.97 + 0.06 * random.nextDouble();
    long startMj = random.nextLong(YOUNGEST_DRIVER_MJ, OLDEST_DRIVER_MJ);
    String id = plan.hardware().isAmd() ? serial() : uuid();
    return new Board(index, id, plan.hardware(), slices, silicon, startUs, startMj * 1_000_000);
  }

  /** AMD's twelve digits. */
  private String serial() {
    return String.format("6924%08d", random.nextInt(100_000_000));
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
}
