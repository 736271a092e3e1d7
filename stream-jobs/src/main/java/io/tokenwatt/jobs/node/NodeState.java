package io.tokenwatt.jobs.node;

import io.tokenwatt.jobs.attribution.Allocation;
import io.tokenwatt.jobs.attribution.Holder;
import io.tokenwatt.jobs.changes.NodeChanges;
import io.tokenwatt.jobs.meter.CounterCheckState;
import io.tokenwatt.jobs.meter.CounterState;
import io.tokenwatt.jobs.meter.EnergyState;
import io.tokenwatt.model.Cell;
import io.tokenwatt.model.fact.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All that stage 1 remembers of one node. Public fields throughout: Flink keeps these as POJOs,
 * which may gain fields over releases. Lifetime: windows until they cannot change any more; series
 * and boards {@link io.tokenwatt.jobs.meter.TimeModel#FORGET_MS} after they were last seen.
 */
public final class NodeState {
  public boolean seen;
  public long agentRun;
  public long seq;

  /** Event time of the last counted sample. */
  public long eventMs;

  /** Kafka's record time of the last record of any outcome. */
  public long recordMs;

  public int tickMs;
  public Place place;

  /** Key of the node-class model; "" = none. */
  public String nodeClass = "";

  /** Boards that the last sample with any board showed. */
  public int boardsPresent;

  /** PUE as the node's records told it, by when it began to hold. */
  public List<Pue> pues = new ArrayList<>();

  public long pueToldMs;

  /** Windows, up to this instant, are expected to have readings. */
  public long expectedUntilMs;

  /** The armed timer of the operator around, 0 = none. */
  public long timerMs;

  public boolean expired;
  public Map<String, Board> boards = new HashMap<>();
  public Map<String, Series> series = new HashMap<>();
  public Map<String, Long> processStartedMs = new HashMap<>();
  public Map<String, Workload> workloads = new HashMap<>();

  /** By label: values that have a place. */
  public Map<String, Places> labels = new HashMap<>();

  public Meter machine = new Meter();
  public Map<Long, WindowState> windows = new HashMap<>();

  /** What each cell's boards on this node did for their joules lately. */
  public Map<Cell, WorkHistory> work = new HashMap<>();

  public Map<String, IntakeCount> intake = new HashMap<>();

  /** What ran at the last sample. */
  public NodeChanges changes = new NodeChanges();

  /** An energy source and who held it since its last settled reading. */
  public static final class Meter {
    public EnergyState energy = new EnergyState();
    public List<Segment> timeline = new ArrayList<>();
    public Allocation allocation;
    public long seenMs;
    public Map<Integer, CounterState> counters = new HashMap<>();

    /** What was modelled and not handed out yet: less than one unit each. */
    public long modelRemainder;

    public long baseRemainder;
    public long facilityRemainder;
    public long modelledMsRemainder;
  }

  /** A PUE x 10^6 that holds from the start of a window on. */
  public record Pue(long fromMs, long ppm) {}

  /** Who held a board up to toMs (from the end of the segment before). */
  public record Segment(long fromMs, long toMs, Allocation allocation) {}

  /** Windows in which something may still have to be done, in their order. */
  TreeMap<Long, WindowState> unsettled() {
    TreeMap<Long, WindowState> unsettled = new TreeMap<>();
    windows.forEach(
        (start, window) -> {
          if (!window.settled) {
            unsettled.put(start, window);
          }
        });
    return unsettled;
  }

  /** Sums over windows in which joules and tokens pair. */
  public record Work(int windows, long mj, long boardMs, long tokens, long runningMs, long loadMs) {
    static final Work NONE = new Work(0, 0, 0, 0, 0, 0);

    Work plus(Work other) {
      return new Work(
          windows + other.windows,
          mj + other.mj,
          boardMs + other.boardMs,
          tokens + other.tokens,
          runningMs + other.runningMs,
          loadMs + other.loadMs);
    }

    double perJoule() {
      return tokens * 1000.0 / mj;
    }

    double watts() {
      return (double) mj / boardMs;
    }

    double running() {
      return (double) runningMs / loadMs;
    }
  }

  /** Two blocks of windows, so that the older of them can be dropped. */
  public static final class WorkHistory {
    public Work previous = Work.NONE;
    public Work current = Work.NONE;
    public long seenMs;

    /** Since when windows are marked; 0 = they are not. */
    public long jumpedMs;
  }

  /** One physical board. */
  public static final class Board {
    public Meter meter = new Meter();
    public CounterCheckState check = new CounterCheckState();
    public String gpu;
    public int index;
    public String hardware;
    public String driver;
    public long xidLast;
    public long throttleReasons;
  }

  /** One model and data-parallel rank of one engine instance. */
  public static final class Series {
    public String instance;
    public String engine;
    public String model;
    public Holder cell;
    public String workload;
    public long seenMs;
    public Map<Integer, CounterState> counters = new HashMap<>();
    public Map<Integer, Histogram> histograms = new HashMap<>();
  }

  /** Last cumulative reading of one histogram. */
  public static final class Histogram {
    public long boundsId;
    public long[] counts;
    public long sumUs;
    public long readMs;
  }

  /** What is known of a workload while its engine or its boards are not read. */
  public static final class Workload {
    public String deployment = "";
    public String engine = "";
    public String hardware = "";
    public List<String> models = new ArrayList<>();
  }

  /** Values of one label that this node may bring. */
  public static final class Places {
    public Map<String, Long> lastSeen = new HashMap<>();

    /** When somebody was last told that there are more. */
    public long toldMs;
  }

  /** Records of one outcome in the current window of record time. */
  public static final class IntakeCount {
    public long windowStartMs;
    public long records;
    public boolean dirty;
  }
}
