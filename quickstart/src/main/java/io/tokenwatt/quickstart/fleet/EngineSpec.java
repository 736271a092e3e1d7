package io.tokenwatt.quickstart.fleet;

import io.tokenwatt.quickstart.fleet.physics.EngineKind;
import io.tokenwatt.quickstart.fleet.physics.EnginePlan.Place;
import io.tokenwatt.quickstart.fleet.physics.EngineRole;
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
    EngineKind kind,
    EngineRole role,
    ServedModel model,
    int tp,
    List<Place> places,
    Traffic traffic,
    String workload,
    String owner,
    boolean restarts,
    boolean flaky) {

  /** A vLLM server. */
  static EngineSpec on(
      List<Place> places, int tp, ServedModel model, Traffic traffic, String workload) {
    return new EngineSpec(
        "vllm",
        EngineKind.VLLM,
        EngineRole.BOTH,
        model,
        tp,
        places,
        traffic,
        workload,
        "",
        false,
        false);
  }

  /** Whole boards {@code from} to {@code to}, the latter excluded. */
  static List<Place> boards(int from, int to) {
    return IntStream.range(from, to).mapToObj(board -> new Place(board, 0)).toList();
  }

  /** Nodes that its boards stand on. */
  int members() {
    return 1 + places.stream().mapToInt(Place::further).max().orElse(0);
  }

  /** Boards on the node that comes {@code further} nodes after its own. */
  List<Place> placesOn(int further) {
    return places.stream().filter(place -> place.further() == further).toList();
  }

  EngineSpec named(String newTarget) {
    return copy(newTarget, kind, role, owner, restarts, flaky);
  }

  EngineSpec ownedBy(String newOwner) {
    return copy(target, kind, role, newOwner, restarts, flaky);
  }

  EngineSpec as(EngineRole newRole) {
    return copy(target, kind, newRole, owner, restarts, flaky);
  }

  EngineSpec sglang() {
    return copy("sglang", EngineKind.SGLANG, role, owner, restarts, flaky);
  }

  EngineSpec restarting() {
    return copy(target, kind, role, owner, true, flaky);
  }

  EngineSpec flapping() {
    return copy(target, kind, role, owner, restarts, true);
  }

  private EngineSpec copy(
      String aTarget,
      EngineKind aKind,
      EngineRole aRole,
      String anOwner,
      boolean thatRestarts,
      boolean thatFlaps) {
    return new EngineSpec(
        aTarget,
        aKind,
        aRole,
        model,
        tp,
        places,
        traffic,
        workload,
        anOwner,
        thatRestarts,
        thatFlaps);
  }
}
