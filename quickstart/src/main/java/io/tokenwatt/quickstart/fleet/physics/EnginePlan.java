package io.tokenwatt.quickstart.fleet.physics;

import java.util.List;

/**
 * An engine to be built.
 *
 * @param name of its scrape target, unique on the node
 * @param tp boards per data-parallel rank
 * @param places slices that it uses; the first {@code tp} are rank 0, and so on
 */
public record EnginePlan(
    String name,
    EngineKind kind,
    EngineRole role,
    ServedModel model,
    int tp,
    List<Place> places,
    Traffic traffic,
    Restart restart) {

  /**
   * Slice {@code slice} of board {@code board}, both counted from 0, of the machine that comes
   * {@code further} places after the engine's own in the island.
   */
  public record Place(int further, int board, int slice) {
    /** On the engine's own machine. */
    public Place(int board, int slice) {
      this(0, board, slice);
    }
  }

  public EnginePlan {
    places = List.copyOf(places);
    if (tp < 1 || places.isEmpty() || places.size() % tp != 0) {
      throw new IllegalArgumentException(
          "engine "
              + name
              + ": "
              + places.size()
              + " boards cannot be shared out in groups of "
              + tp);
    }
  }

  /** A vLLM server that does all of it. */
  public static EnginePlan vllm(
      String name,
      ServedModel model,
      int tp,
      List<Place> places,
      Traffic traffic,
      Restart restart) {
    return new EnginePlan(
        name, EngineKind.VLLM, EngineRole.BOTH, model, tp, places, traffic, restart);
  }

  /** Data-parallel ranks. */
  public int ranks() {
    return places.size() / tp;
  }

  List<Place> places(int rank) {
    return places.subList(rank * tp, (rank + 1) * tp);
  }
}
