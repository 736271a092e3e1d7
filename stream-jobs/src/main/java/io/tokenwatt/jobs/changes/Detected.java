package io.tokenwatt.jobs.changes;

import io.tokenwatt.model.fact.ChangeEvent;
import io.tokenwatt.model.fact.ChangeEvent.Kind;
import io.tokenwatt.model.fact.ChangeEvent.Origin;
import io.tokenwatt.model.fact.ChangeEvent.Scope;
import io.tokenwatt.model.fact.ChangeEvent.Setup;
import java.util.Map;

/** Makes the events of one sighting. The same change on the same node always has the same id. */
record Detected(NodeSighting seen) {
  /** Chosen so that ids of 10^9 events collide with a probability below 10^-20. */
  private static final int ID_BYTES = 16;

  /**
   * @param value what is new; with node, kind, time and subject it makes the id
   */
  ChangeEvent event(
      Kind kind,
      Origin origin,
      long sinceMs,
      Scope scope,
      Setup setup,
      String title,
      String value,
      Map<String, String> attributes) {
    String identity =
        String.join(
            "\u001f",
            seen.place().node(),
            kind.name(),
            Long.toString(sinceMs),
            scope.workload(),
            scope.deployment(),
            value);
    return new ChangeEvent(
        EngineInfo.digest(identity, ID_BYTES),
        sinceMs,
        kind,
        origin,
        scope,
        setup,
        title,
        "",
        "",
        "",
        "",
        attributes,
        seen.recordMs());
  }

  Scope scope(String hardware, String model, String workload, String deployment) {
    return new Scope(
        seen.place().region(),
        seen.place().cluster(),
        seen.place().node(),
        hardware,
        model,
        workload,
        deployment);
  }
}
