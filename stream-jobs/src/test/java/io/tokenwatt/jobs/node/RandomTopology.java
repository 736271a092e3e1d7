package io.tokenwatt.jobs.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Who holds what on one node, drawn at random: boards that are whole, cut into MIG instances or AMD
 * partitions, or time-sliced; bindings with and without an engine, of one or several models and
 * ranks, alone, in a group over several nodes, as half of a pair, or unattributed.
 */
record RandomTopology(List<Board> boards, List<Bound> bindings) {
  enum Cut {
    WHOLE,
    MIG,
    AMD,
    SLICED
  }

  /** A board and its rows: instances where it is cut. */
  record Board(String letter, Cut cut, int rows) {}

  /**
   * A binding to rows by their number in the table.
   *
   * @param engine "" = none answers
   * @param use of each row by its processes, ppm; -1 = unknown
   */
  record Bound(
      String workload,
      String role,
      String group,
      String pair,
      int boardsRequired,
      int members,
      boolean assumed,
      String engine,
      int models,
      int ranks,
      List<Integer> rows,
      List<Long> use) {}

  private static final String[] ROLES = {"both", "both", "both", "prefill", "decode"};
  private static final String[] GROUPS = {"", "", "g0", "g1"};

  static RandomTopology draw(Random random, int generation) {
    List<Board> boards = new ArrayList<>();
    for (int b = 1 + random.nextInt(3); b > 0; b--) {
      Cut cut = Cut.values()[random.nextInt(4)];
      int rows = cut == Cut.MIG || cut == Cut.AMD ? 2 + random.nextInt(3) : 1;
      boards.add(new Board(String.valueOf((char) ('a' + boards.size())), cut, rows));
    }
    int bindings = random.nextInt(5);
    List<List<Integer>> rowsOf = new ArrayList<>();
    for (int i = 0; i < bindings; i++) {
      rowsOf.add(new ArrayList<>());
    }
    int row = 0;
    for (Board board : boards) {
      for (int r = 0; r < board.rows && bindings > 0; r++) {
        int owners = board.cut == Cut.SLICED ? 2 : random.nextInt(3) == 0 ? 0 : 1;
        int first = random.nextInt(bindings);
        for (int o = 0; o < Math.min(owners, bindings); o++) {
          rowsOf.get((first + o) % bindings).add(row + r);
        }
      }
      row += board.rows;
    }
    List<Bound> bound = new ArrayList<>();
    for (int i = 0; i < bindings; i++) {
      bound.add(bound(random, rowsOf.get(i), "engine-" + generation + "-" + i));
    }
    return new RandomTopology(boards, bound);
  }

  private static Bound bound(Random random, List<Integer> rows, String engine) {
    boolean unattributed = random.nextInt(12) == 0;
    List<Long> use =
        random.nextBoolean()
            ? List.of()
            : rows.stream()
                .map(r -> random.nextInt(8) == 0 ? -1L : random.nextInt(3) * 300_000L)
                .toList();
    return new Bound(
        unattributed ? "(unattributed)" : "w" + random.nextInt(3),
        ROLES[random.nextInt(ROLES.length)],
        GROUPS[random.nextInt(GROUPS.length)],
        random.nextInt(4) == 0 ? "p0" : "",
        random.nextInt(5),
        random.nextInt(3),
        random.nextInt(5) == 0,
        unattributed || random.nextInt(3) == 0 ? "" : engine,
        1 + random.nextInt(2),
        1 + random.nextInt(2),
        rows,
        use);
  }
}
