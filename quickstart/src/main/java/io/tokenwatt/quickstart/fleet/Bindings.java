package io.tokenwatt.quickstart.fleet;

import io.tokenwatt.quickstart.fleet.physics.Board;
import io.tokenwatt.quickstart.fleet.physics.EnginePlan.Place;
import io.tokenwatt.quickstart.fleet.physics.EngineRole;
import io.tokenwatt.quickstart.fleet.physics.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What an agent has to be told of who owns the boards of an island's nodes. Stateless. */
final class Bindings {
  private Bindings() {}

  /**
   * @param specs the island's nodes
   * @param at which of them
   * @param boards of that node
   */
  static List<SimulatedBinding> of(List<NodeSpec> specs, int at, List<Board> boards) {
    List<SimulatedBinding> bindings = new ArrayList<>();
    for (int head = 0; head <= at; head++) {
      for (EngineSpec engine : specs.get(head).engines()) {
        List<Place> places = engine.placesOn(at - head);
        if (!places.isEmpty()) {
          List<String> gpus = places.stream().map(place -> name(place, boards)).toList();
          bindings.add(binding(engine, gpus, head == at));
        }
      }
    }
    return List.copyOf(bindings);
  }

  private static SimulatedBinding binding(EngineSpec engine, List<String> gpus, boolean answers) {
    boolean over = engine.members() > 1;
    boolean paired = engine.role() == EngineRole.PREFILL || engine.role() == EngineRole.DECODE;
    return new SimulatedBinding(
        engine.workload(),
        engine.owner(),
        "inference",
        paired ? engine.role().name().toLowerCase(Locale.ROOT) : "both",
        engine.role() == EngineRole.EMBED ? "embed" : "generate",
        engine.model().name(),
        gpus,
        answers ? List.of(engine.target()) : List.of(),
        engine.members(),
        over ? engine.places().size() : 0,
        over ? engine.workload() + "-0" : "",
        paired ? engine.workload() + "-pd" : "");
  }

  /** The slice of a board as an agent's binding names it. */
  private static String name(Place place, List<Board> boards) {
    Board board = boards.get(place.board());
    Slice slice = board.slices().get(place.slice());
    return slice.isMig() ? board.uuid() + '/' + slice.instance() : board.uuid();
  }
}
