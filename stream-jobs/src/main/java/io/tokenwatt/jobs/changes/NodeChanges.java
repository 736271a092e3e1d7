package io.tokenwatt.jobs.changes;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is remembered of a node to see changes. A Flink POJO inside the node's state, which bounds
 * its life; units and boards are forgotten a day after they were last seen, and there are at most
 * {@link #MAX_UNITS} of the former: further ones are not watched.
 */
public final class NodeChanges {
  public static final int MAX_UNITS = 512;

  /** Event time of the first sample; 0 = none yet. */
  public long sinceMs;

  public long agentRun;
  public long runSinceMs;

  /** The agent has read all that it will read: what it says of deployments is whole. */
  public boolean settled;

  public boolean driverReadInRun;
  public String agentVersion = "";
  public Pending driver = new Pending();
  public Map<String, Unit> units = new HashMap<>();
  public Map<String, Limit> limits = new HashMap<>();

  /** A text that counts once two samples in a row have shown it. */
  public static final class Pending {
    public String confirmed = "";
    public String candidate = "";
    public long candidateMs;
  }

  /** A board's power limit, mW; 0 = none. */
  public static final class Limit {
    public long confirmedMw;
    public long candidateMw;
    public long candidateMs;
    public long seenMs;
  }

  /** An owner's engines. */
  public static final class Unit {
    public List<Running> running = new ArrayList<>();
    public List<Long> candidate = new ArrayList<>();
    public long candidateMs;
    public long firstMs;
    public long seenMs;

    /** When all its engines were last read. */
    public long wholeMs;

    public boolean hadEngines;
    public boolean hadInfo;

    /** Newest start of a process; 0 = unknown. */
    public long startedMs;

    /** When a sample first showed a newer start that is not told yet; 0 = none. */
    public long restartMs;

    public long restartToldMs;
    public int restartsUntold;
  }

  /**
   * What replicas of an owner run.
   *
   * @param fingerprint of all the rest
   * @param info what the engine says of itself, without what differs at every start; and the driver
   */
  public record Running(long fingerprint, String deployment, Map<String, String> info) {}
}
