package io.tokenwatt.quickstart.fleet;

import io.tokenwatt.quickstart.fleet.physics.Board;
import io.tokenwatt.quickstart.fleet.physics.Daylight;
import io.tokenwatt.quickstart.fleet.physics.EnginePlan;
import io.tokenwatt.quickstart.fleet.physics.NodePlan;
import io.tokenwatt.quickstart.fleet.physics.Restart;
import io.tokenwatt.quickstart.fleet.physics.Slice;
import java.time.Duration;
import java.util.List;

/** From the layout's words to what the physics is built of, and back to an agent's words. */
final class NodePlans {
  private NodePlans() {}

  /**
   * @param startUs where event time begins; the warm-up lies between it and the fleet's start
   */
  static NodePlan of(NodeSpec spec, FleetOptions options, long startUs) {
    long openUs = startUs + us(options.warmUp());
    long downUs = openUs + us(options.restartAfter());
    Restart crash = new Restart(downUs, downUs + us(options.restartFor()));
    List<EnginePlan> engines =
        spec.engines().stream()
            .map(
                engine ->
                    new EnginePlan(
                        engine.target(),
                        engine.model(),
                        engine.tp(),
                        engine.places(),
                        engine.traffic(),
                        engine.restarts() ? crash : Restart.NEVER))
            .toList();
    long offsetUs = us(Duration.ofHours(spec.place().utcOffsetHours()));
    return new NodePlan(
        spec.place().node(),
        spec.hardware(),
        spec.boards(),
        spec.collectSeconds() * 1_000_000L,
        new Daylight(us(options.day()), offsetUs),
        engines);
  }

  /** The engine's boards as an agent's binding names them. */
  static List<String> gpus(EngineSpec engine, List<Board> boards) {
    return engine.places().stream()
        .map(
            place -> {
              Board board = boards.get(place.board());
              Slice slice = board.slices().get(place.slice());
              return slice.isMig() ? board.uuid() + '/' + slice.instance() : board.uuid();
            })
        .toList();
  }

  private static long us(Duration duration) {
    return duration.toNanos() / 1000;
  }
}
