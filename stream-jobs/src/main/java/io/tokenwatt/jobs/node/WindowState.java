package io.tokenwatt.jobs.node;

import io.tokenwatt.jobs.attribution.Holder;
import io.tokenwatt.model.CellMeasure;
import io.tokenwatt.model.EngineMeasure;
import io.tokenwatt.model.GpuMeasure;
import io.tokenwatt.model.NodeMeasure;
import java.util.HashMap;
import java.util.Map;

/** What one node has collected for one window and may still change. A Flink POJO. */
public final class WindowState {
  public Map<Holder, CellState> cells = new HashMap<>();
  public Map<String, GpuState> gpus = new HashMap<>();
  public Map<String, EngineState> engines = new HashMap<>();
  public MachineState machine = new MachineState();

  /** Nothing in it is to be decided, judged or handed out until something is added. */
  public boolean settled;

  /** Settles the window, if all that was added is decided, judged and handed out. */
  void settle() {
    settled =
        !machine.dirty
            && cells.entrySet().stream().allMatch(c -> c.getValue().isDone(c.getKey()))
            && gpus.values().stream().allMatch(g -> g.judged && !g.dirty)
            && engines.values().stream().noneMatch(e -> e.dirty);
  }

  /** Amounts not handed to stage 2 yet, and what decides whether joules and tokens pair. */
  public static final class CellState {
    public long[] amounts = new long[CellMeasure.values().length];
    public int quality;
    public long sourcePeriodMs;
    public String method = "";
    public long intervals;
    public boolean announced;
    public boolean dirty;
    public Map<String, HistogramPart> histograms = new HashMap<>();
    public Pair pair = new Pair();

    /** Members of units are decided where the unit is put together. */
    private boolean isDone(Holder holder) {
      return !dirty && (holder.isUnit() || pair.gpuDecided && pair.nodeDecided);
    }
  }

  /**
   * Time covered, per board and per series, and the amounts that go into ratios if it is the same.
   */
  public static final class Pair {
    public Map<String, Long> energyMs = new HashMap<>();
    public Map<String, Long> tokenMs = new HashMap<>();
    public long machineMs;
    public long gpuMj;

    /** Board-ms that should have energy readings, and that have. */
    public long expectedMs;

    public long observedMs;
    public long nodeMj;
    public long facilityMs;
    public long facilityMj;
    public long modelledMs;
    public long modelledMj;
    public long facilityModelledMs;
    public long facilityModelledMj;
    public long outputTokens;
    public long promptComputed;
    public long requestsFinished;
    public long runningMs;
    public long loadMs;

    /** Some of the output tokens were credited when their requests ended. */
    public boolean atFinish;

    /**
     * By board or instance, not handed out yet; kept, as the next three are, only where no node
     * sees the engine whole.
     */
    public Map<String, Long> heldMs = new HashMap<>();

    /** Of energyMs, what was handed out. */
    public Map<String, Long> handedEnergyMs = new HashMap<>();

    public int boardsRequired;
    public int nodesRequired;

    public boolean gpuDecided;
    public boolean nodeDecided;
  }

  /** One board's row, cumulative: it is written as a whole. */
  public static final class GpuState {
    public long[] amounts = new long[GpuMeasure.values().length];
    public int quality;
    public long sourcePeriodMs;
    public long intervals;
    public String workload = "";
    public String state = "unknown";
    public boolean dirty;

    /** Compared with the power limit already. */
    public boolean judged;

    /** Its energy is counted as doubted. */
    public boolean doubted;
  }

  /**
   * What the node's row says beyond its boards and engines, cumulative. Their measures stay 0 here;
   * see {@link MachineFacts}.
   */
  public static final class MachineState {
    public long[] amounts = new long[NodeMeasure.values().length];
    public int quality;
    public long sourcePeriodMs;
    public long intervals;
    public boolean dirty;
  }

  /** One engine and model's row, cumulative. */
  public static final class EngineState {
    public String instance;
    public String engine;
    public String model;
    public String workload;
    public String deployment;
    public String role;
    public long[] amounts = new long[EngineMeasure.values().length];
    public int quality;
    public long intervals;
    public boolean dirty;
  }
}
