package io.tokenwatt.jobs.regressions;

import io.tokenwatt.model.fact.ChangeEvent;

/**
 * An event and the record time from which it counts.
 *
 * @param sinceMs Kafka's record time, or the watermark that had come past it when it was read
 */
public record KnownChange(long sinceMs, ChangeEvent event) {

  /** Whether it may concern the key's series; places left empty are all places. */
  boolean concerns(String key) {
    ChangeEvent.Scope scope = event.scope();
    int cut = key.indexOf('\u001f');
    return matches(scope.region(), key.substring(0, cut))
        && matches(scope.workload(), key.substring(cut + 1));
  }

  private static boolean matches(String scope, String value) {
    return scope.isEmpty() || scope.equals(value);
  }
}
