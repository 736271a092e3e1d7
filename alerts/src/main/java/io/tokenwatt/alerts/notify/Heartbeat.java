package io.tokenwatt.alerts.notify;

import java.time.Instant;

/**
 * Tells an external watchdog that alerts are evaluated and delivered. It pages when told nothing.
 */
public final class Heartbeat {
  private final Http http;
  private final Target target;

  public Heartbeat(Http http, Target target) {
    this.http = http;
    this.target = target;
  }

  public Outcome beat(Instant now) {
    return http.get(target, now);
  }
}
