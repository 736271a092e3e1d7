package io.tokenwatt.quickstart.fleet;

import io.tokenwatt.quickstart.fleet.physics.Daylight;
import io.tokenwatt.quickstart.fleet.physics.EnginePlan;
import io.tokenwatt.quickstart.fleet.physics.NodePlan;
import io.tokenwatt.quickstart.fleet.physics.Restart;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** From the layout's words to what the physics is built of. */
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
                        engine.kind(),
                        engine.role(),
                        engine.model(),
                        engine.tp(),
                        engine.places(),
                        engine.traffic(),
                        engine.restarts() ? crash : Restart.NEVER))
            .toList();
    long offsetUs = us(Duration.ofHours(spec.place().utcOffsetHours()));
    boolean trains = !spec.traits().slurmJob().isEmpty();
    return new NodePlan(
        spec.place().node(),
        spec.hardware(),
        spec.boards(),
        spec.traits().collectSeconds() * 1_000_000L,
        new Daylight(us(options.day()), offsetUs),
        engines,
        trains ? IntStream.range(0, spec.boards().size()).boxed().toList() : List.of());
  }

  private static long us(Duration duration) {
    return duration.toNanos() / 1000;
  }
}
