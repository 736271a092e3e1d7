package io.tokenwatt.jobs.serving;

import io.tokenwatt.jobs.node.CellPart;
import io.tokenwatt.model.Cell;
import io.tokenwatt.model.CellMeasure;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/** What all nodes said of one engine in one window. A Flink POJO. */
public final class EngineWindow {
  public Map<Cell, CellSum> cells = new HashMap<>();

  /** By node and cell: each model behind a head covers the same boards by itself. */
  public Map<String, NodeWindow> nodes = new HashMap<>();

  public int boardsRequired;
  public int nodesRequired;

  /** It has a group: it may run on more nodes than those that were seen. */
  public boolean grouped;

  void add(CellPart part) {
    cells.computeIfAbsent(part.cell(), c -> new CellSum()).add(part);
    nodes
        .computeIfAbsent(part.member().node() + '/' + part.cell().id(), n -> new NodeWindow())
        .add(part.member());
    boardsRequired = Math.max(boardsRequired, part.member().boardsRequired());
    nodesRequired = Math.max(nodesRequired, part.member().nodesRequired());
    grouped |= part.member().grouped();
  }

  /** The cells that something counts for: not those for which time was expected and taken back. */
  Map<Cell, CellSum> counted() {
    Map<Cell, CellSum> counted = new HashMap<>(cells);
    counted.values().removeIf(sum -> sum.isEmpty() && sum.intervals == 0);
    return counted;
  }

  boolean hasTokens() {
    return nodes.values().stream().anyMatch(n -> !n.tokenMs.isEmpty());
  }

  boolean hasEnergy() {
    return nodes.values().stream().anyMatch(n -> !n.energyMs.isEmpty());
  }

  /** Longest time that a token series or a held board covers: the engine was there so long. */
  long presentMs() {
    return nodes.values().stream()
        .flatMap(n -> Stream.concat(n.tokenMs.values().stream(), n.heldMs.values().stream()))
        .mapToLong(Long::longValue)
        .max()
        .orElse(0);
  }

  /** All token series cover exactly this time. */
  boolean tokensCover(long ms) {
    return nodes.values().stream().flatMap(n -> n.tokenMs.values().stream()).allMatch(t -> t == ms);
  }

  /** The boards are those that the engine runs on, and the energy of each is read for this time. */
  boolean boardsCover(long ms) {
    List<Long> held = held();
    return missingMs() == 0
        && !held.isEmpty()
        && (boardsRequired == 0 || held.size() == boardsRequired)
        && held.stream().allMatch(h -> h == ms)
        && nodes.values().stream().allMatch(n -> energyCovers(n, ms));
  }

  private static boolean energyCovers(NodeWindow node, long ms) {
    return node.energyMs.values().stream().allMatch(e -> e == ms)
        && node.heldMs.keySet().stream()
            .allMatch(row -> node.energyMs.containsKey(row.substring(0, row.lastIndexOf('/'))));
  }

  /** The meter of every node that the engine runs on is read for this time. */
  boolean machinesCover(long ms) {
    return missingMs() == 0
        && !nodes.isEmpty()
        && nodes.values().stream()
            .filter(n -> !n.heldMs.isEmpty() || !n.tokenMs.isEmpty())
            .allMatch(n -> n.machineMs == ms);
  }

  /** Modelled machine energy covers what board energy does. */
  boolean modelCovers(ToLongFunction<NodeWindow> modelledMs) {
    return nodes.values().stream()
        .allMatch(
            n ->
                modelledMs.applyAsLong(n)
                    == n.energyMs.values().stream().mapToLong(Long::longValue).sum());
  }

  /** The PUE is known wherever a machine is metered. */
  boolean facilityCovers() {
    return nodes.values().stream().allMatch(n -> n.facilityMs == n.machineMs);
  }

  /**
   * Board-ms that should be there and were not seen. Told by the boards that the engine runs on;
   * else by the nodes; else by the boards that it held in the last 15 minutes. An engine over
   * several nodes that says neither lacks at least one: what cannot be checked is not believed.
   */
  long missingMs() {
    long present = presentMs();
    if (boardsRequired > 0 && present > 0) {
      long seen =
          held().stream()
              .sorted((a, b) -> Long.compare(b, a))
              .limit(boardsRequired)
              .mapToLong(ms -> ms)
              .sum();
      return boardsRequired * present - seen;
    }
    long nodesSeen =
        nodes.values().stream()
            .filter(n -> !n.heldMs.isEmpty())
            .map(n -> n.node)
            .distinct()
            .count();
    long perNode = nodes.values().stream().mapToLong(n -> n.heldMs.size()).max().orElse(0);
    if (nodesRequired > nodesSeen && present > 0) {
      return (nodesRequired - nodesSeen) * Math.max(1, perNode) * present;
    }
    if (grouped && nodesRequired == 0 && present > 0) {
      return present;
    }
    return Math.max(0, sum(CellMeasure.EXPECTED_MS) - sum(CellMeasure.GPU_MS));
  }

  long sum(CellMeasure measure) {
    return cells.values().stream().mapToLong(c -> c.get(measure)).sum();
  }

  private List<Long> held() {
    return nodes.values().stream().flatMap(n -> n.heldMs.values().stream()).toList();
  }
}
