package io.tokenwatt.jobs.regression.suspect;

import io.tokenwatt.model.fact.ChangeEvent;
import java.util.Optional;
import java.util.Set;

/** Change events as evidence. */
final class ToldChange {
  private ToldChange() {}

  /** Names of what an engine's software is told by. */
  private static final Set<String> VERSIONS =
      Set.of("engine", "engine_version", "image", "version");

  /** Empty for what changes no machine: notes, acceptances, first descriptions, agents. */
  static Optional<Change> of(ChangeEvent event) {
    String changed = event.attributes().getOrDefault("changed", "");
    if (!event.isChange() || changed.equals("agent")) {
      return Optional.empty();
    }
    ChangeEvent.Scope scope = event.scope();
    Change.What what = what(event, Set.of(changed.split(",")));
    boolean named = what == Change.What.DRIVER || what == Change.What.POWER_LIMIT;
    return Optional.of(
        new Change(
            event.timeMs(),
            what,
            scope.region(),
            scope.workload(),
            scope.hardware(),
            scope.node(),
            "",
            named ? event.attributes().getOrDefault("from", "") : "",
            named ? event.attributes().getOrDefault("to", event.title()) : event.title()));
  }

  private static Change.What what(ChangeEvent event, Set<String> changed) {
    return switch (event.kind()) {
      case DRIVER -> Change.What.DRIVER;
      case POWER_LIMIT -> Change.What.POWER_LIMIT;
      case MAINTENANCE -> Change.What.MAINTENANCE;
      case RESTART -> Change.What.RESTART;
      case DEPLOYMENT, CONFIG, NOTE, ACCEPT -> {
        boolean told = event.origin() == ChangeEvent.Origin.TOLD;
        boolean version =
            told
                ? !event.setup().engineVersion().isEmpty()
                : changed.stream().anyMatch(VERSIONS::contains);
        yield version ? Change.What.ENGINE_VERSION : Change.What.DEPLOYMENT;
      }
    };
  }
}
