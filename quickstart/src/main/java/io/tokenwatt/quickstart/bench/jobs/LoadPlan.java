package io.tokenwatt.quickstart.bench.jobs;

/**
 * What each node of the fleet shows at each tick: a function of node and tick alone, so that the
 * oracle can say what the tables must hold without having seen a record.
 *
 * <p>Ticks are 1 s apart. Nodes scrape at ten different moments of the second, and all counters
 * move by multiples of ten per tick: what lies before and after the edge of a window is a whole
 * number, so nothing is rounded and the oracle is exact.
 */
final class LoadPlan {
  static final int BOARDS = 8;
  static final int TICK_MS = 1_000;
  static final int PHASES = 10;

  /** Nodes of one workload, which is one cell. */
  static final int NODES_PER_CELL = 10;

  /** What the goal counts per node and tick: 30 metrics of each board. */
  static final int SAMPLES_PER_RECORD = 30 * BOARDS;

  private static final int LEAST_WATTS = 200;

  private LoadPlan() {}

  static String node(int node) {
    return "node-" + node;
  }

  static int cell(int node) {
    return node / NODES_PER_CELL;
  }

  static String workload(int cell) {
    return "workload-" + cell;
  }

  static String region(int cell) {
    return "region-" + cell % 10;
  }

  /** When in its second a node scrapes. */
  static int phaseMs(int node) {
    return Math.floorMod(mix(node, -1), PHASES) * (TICK_MS / PHASES);
  }

  /** What a board draws between the tick before and this one; 1 W for 1 s is 1,000 mJ. */
  static int watts(int node, int board, long tick) {
    return LEAST_WATTS + (mix(node * BOARDS + board, tick) & 511);
  }

  /** Output tokens between the tick before and this one. */
  static int outputTokens(int node, long tick) {
    return 10 * (50 + (mix(node, tick) & 127));
  }

  /** Prompt tokens of the same. */
  static int promptTokens(int node, long tick) {
    return 3 * outputTokens(node, tick);
  }

  /** Requests that ended in the same. */
  static int requests(int node, long tick) {
    return 10 * (mix(node, tick) >>> 8 & 1);
  }

  /** A small number that looks like chance, at least 0. */
  static int noise(int node, long tick, int bound) {
    return Math.floorMod(mix(node + 7, tick), bound);
  }

  /** MurmurHash3's finalizer. */
  private static int mix(int a, long b) {
    long h = a * 0x9E3779B97F4A7C15L + b * 0xC2B2AE3D27D4EB4FL;
    h ^= h >>> 33;
    h *= 0xFF51AFD7ED558CCDL;
    h ^= h >>> 33;
    h *= 0xC4CEB9FE1A85EC53L;
    return (int) (h >>> 33) & 0x7FFFFFFF;
  }
}
