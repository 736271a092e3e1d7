package io.tokenwatt.jobs.regressions;

import io.tokenwatt.jobs.efficiency.RawRecord;
import io.tokenwatt.jobs.node.ServingNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * What a small fleet publishes: workloads whose load drifts, noise, and whatever the test lets
 * happen. Three partitions, a node always in one. Workloads of one seed have the same load and
 * noise.
 */
public final class ServingLog {
  static final int PARTITIONS = 3;
  static final double LOST = Double.NaN;

  /** What happens to a node in a second of the log. */
  public interface Story {
    /** Factor by which tokens get slower at the same load and watts; {@link #LOST} = no sample. */
    double slowdown(int node, int second);

    /** How long the sample lies in the agent's spool, s. */
    default int spooled(int node, int second) {
      return 0;
    }
  }

  private final long startMs;
  private final int seconds;
  private final List<RawRecord> records = new ArrayList<>();
  private char board = 'A';

  /**
   * @param startMs Unix ms of a window's start
   */
  public ServingLog(long startMs, int seconds) {
    this.startMs = startMs;
    this.seconds = seconds;
  }

  public ServingLog with(String workload, int nodes, long seed, Story story) {
    Random random = new Random(seed);
    List<ServingNode> fleet = new ArrayList<>();
    for (int n = 0; n < nodes; n++) {
      fleet.add(new ServingNode(workload + "-" + n, workload, board++, startMs, seed + n));
    }
    double drift = 0;
    for (int second = 0; second < seconds; second++) {
      drift = 0.99 * drift + 0.03 * random.nextGaussian();
      double load = 24 * Math.exp(0.3 * Math.sin(second / 700.0) + drift);
      for (int n = 0; n < nodes; n++) {
        long atMs = startMs + second * 1000L + 137 + 11 * n;
        double slowdown = story.slowdown(n, second);
        boolean lost = Double.isNaN(slowdown);
        byte[] sample = fleet.get(n).sample(atMs, load, lost ? 1 : slowdown).toByteArray();
        if (!lost) {
          long recordMs = atMs + 40 + 1000L * story.spooled(n, second);
          records.add(new RawRecord(fleet.get(n).name, sample, recordMs, "", n % PARTITIONS, 0));
        }
      }
    }
    return this;
  }

  /** In the order of Kafka's time, and records hours later that nobody's sample is. */
  public List<RawRecord> records() {
    List<RawRecord> log = new ArrayList<>(records);
    log.sort(Comparator.comparingLong(RawRecord::timestampMs));
    long hoursLater = log.get(log.size() - 1).timestampMs() + 3 * 3_600_000;
    for (int partition = 0; partition < PARTITIONS; partition++) {
      log.add(new RawRecord("sentinel", new byte[] {9}, hoursLater, "", partition, 0));
    }
    return log;
  }
}
