package io.tokenwatt.quickstart.bench.store;

import io.tokenwatt.jobs.node.CellPart;
import io.tokenwatt.jobs.node.FactOutput;
import io.tokenwatt.model.fact.ChangeEvent;
import io.tokenwatt.model.fact.EngineRow;
import io.tokenwatt.model.fact.GpuRow;
import io.tokenwatt.model.fact.IntakeRow;
import io.tokenwatt.model.fact.NodeRow;
import io.tokenwatt.quickstart.bench.suspects.Machine;
import io.tokenwatt.quickstart.fleet.physics.Daylight;
import io.tokenwatt.quickstart.fleet.physics.EnginePlan;
import io.tokenwatt.quickstart.fleet.physics.Hardware;
import io.tokenwatt.quickstart.fleet.physics.NodePlan;
import io.tokenwatt.quickstart.fleet.physics.Restart;
import io.tokenwatt.quickstart.fleet.physics.ServedModel;
import io.tokenwatt.quickstart.fleet.physics.Slice;
import io.tokenwatt.quickstart.fleet.physics.Traffic;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongConsumer;

/**
 * The rows of a simulated fleet: boards that draw power and engines that batch, their exporters'
 * pages, the agent's readers and the job's meter, a sample a second in virtual time. A window's row
 * stands here as often as the meter tells it, as in the real tables.
 */
final class SimulatedRows implements FactOutput {
  private static final long START_MS = 1_795_000_000_000L;
  private static final int TICK_MS = 1_000;
  private static final int BOARDS = 8;
  private static final List<Hardware> HARDWARE =
      List.of(Hardware.H100, Hardware.H200, Hardware.B200, Hardware.L40S);

  final List<GpuRow> gpus = new ArrayList<>();
  final List<EngineRow> engines = new ArrayList<>();
  final List<NodeRow> nodes = new ArrayList<>();
  final List<IntakeRow> intake = new ArrayList<>();

  /**
   * @param nodes of eight boards: two engines on two and four of them, two boards without an owner
   * @param told how many seconds are done
   */
  static SimulatedRows of(int nodes, int seconds, long seed, LongConsumer told) {
    SimulatedRows rows = new SimulatedRows();
    SplittableRandom random = new SplittableRandom(seed);
    List<Machine> machines = new ArrayList<>();
    for (int node = 0; node < nodes; node++) {
      Hardware hardware = HARDWARE.get(node % HARDWARE.size());
      NodePlan plan = plan("node-" + node, hardware, node % 3 * 3_600_000_000L);
      Machine machine =
          new Machine(plan, random.nextLong(), (START_MS - 60_000) * 1000, TICK_MS, false, rows);
      machine.bind("code", List.of(0, 1), List.of("code"));
      machine.bind("chat", List.of(2, 3, 4, 5), List.of("chat"));
      machines.add(machine);
    }
    for (int second = 0; second < seconds; second++) {
      long atMs = START_MS + (long) second * TICK_MS;
      machines.forEach(machine -> machine.tick(atMs));
      told.accept(second);
    }
    return rows;
  }

  private static NodePlan plan(String node, Hardware hardware, long offsetUs) {
    return new NodePlan(
        node,
        hardware,
        Collections.nCopies(BOARDS, List.of(Slice.WHOLE)),
        1_000_000,
        new Daylight(86_400_000_000L, offsetUs),
        List.of(
            engine("code", ServedModel.QWEN_32B, 2, 0, 2, Traffic.AGENTS),
            engine("chat", ServedModel.LLAMA_8B, 1, 2, 6, Traffic.CHAT)),
        List.of());
  }

  private static EnginePlan engine(
      String name, ServedModel model, int tp, int from, int to, Traffic traffic) {
    List<EnginePlan.Place> places = new ArrayList<>();
    for (int board = from; board < to; board++) {
      places.add(new EnginePlan.Place(board, 0));
    }
    return EnginePlan.vllm(name, model, tp, places, traffic, Restart.NEVER);
  }

  @Override
  public void gpu(GpuRow row) {
    gpus.add(row);
  }

  @Override
  public void engine(EngineRow row) {
    engines.add(row);
  }

  @Override
  public void node(NodeRow row) {
    nodes.add(row);
  }

  @Override
  public void intake(IntakeRow row) {
    intake.add(row);
  }

  @Override
  public void cell(CellPart part) {}

  @Override
  public void change(ChangeEvent event) {}
}
