package io.tokenwatt.quickstart.fleet;

import io.tokenwatt.quickstart.fleet.physics.EnginePlan.Place;
import io.tokenwatt.quickstart.fleet.physics.ServedModel;
import io.tokenwatt.quickstart.fleet.physics.Traffic;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An engine of the layout.
 *
 * @param target name of its scrape target on the node
 * @param tp boards per data-parallel rank
 * @param places the slices of boards that it uses
 * @param owner the team that pays
 * @param restarts it crashes once, see {@link FleetOptions#restartAfter()}
 * @param flaky its port refuses connections now and then
 */
record EngineSpec(
    String target,
    ServedModel model,
    int tp,
    List<Place> places,
    Traffic traffic,
    String workload,
    String owner,
    boolean restarts,
    boolean flaky) {

  static EngineSpec on(
      List<Place> places, int tp, ServedModel model, Traffic traffic, String workload) {
    return new EngineSpec("vllm", model, tp, places, traffic, workload, "", false, false);
  }

  /** Whole boards {@code from} to {@code to}, the latter excluded. */
  static List<Place> boards(int from, int to) {
    return IntStream.range(from, to).mapToObj(board -> new Place(board, 0)).toList();
  }

  EngineSpec named(String newTarget) {
    return new EngineSpec(newTarget, model, tp, places, traffic, workload, owner, restarts, flaky);
  }

  EngineSpec ownedBy(String newOwner) {
    return new EngineSpec(target, model, tp, places, traffic, workload, newOwner, restarts, flaky);
  }

  EngineSpec restarting() {
    return new EngineSpec(target, model, tp, places, traffic, workload, owner, true, flaky);
  }

  EngineSpec flapping() {
    return new EngineSpec(target, model, tp, places, traffic, workload, owner, restarts, true);
  }
}
