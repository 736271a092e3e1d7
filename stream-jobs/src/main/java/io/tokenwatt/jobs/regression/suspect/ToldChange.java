package io.tokenwatt.jobs.regression.suspect;

import io.tokenwatt.model.fact.ChangeEvent;
import java.util.Optional;

/** Change events as evidence. */
final class ToldChange {
  private ToldChange() {}

  /** Empty for what changes no machine: notes, acceptances, first descriptions. */
  static Optional<Change> of(ChangeEvent event) {
    if (!event.isChange()) {
      return Optional.empty();
    }
    ChangeEvent.Scope scope = event.scope();
    String from = event.attributes().getOrDefault("from", "");
    String to = event.attributes().getOrDefault("to", event.title());
    return Optional.of(
        new Change(
            event.timeMs(),
            what(event),
            scope.region(),
            scope.workload(),
            scope.hardware(),
            scope.node(),
            "",
            from,
            to));
  }

  private static Change.What what(ChangeEvent event) {
    return switch (event.kind()) {
      case DRIVER -> Change.What.DRIVER;
      case POWER_LIMIT -> Change.What.POWER_LIMIT;
      case MAINTENANCE -> Change.What.MAINTENANCE;
      case RESTART -> Change.What.RESTART;
      case DEPLOYMENT ->
          event.setup().engineVersion().isEmpty()
              ? Change.What.DEPLOYMENT
              : Change.What.ENGINE_VERSION;
      case CONFIG, NOTE, ACCEPT -> Change.What.DEPLOYMENT;
    };
  }
}
