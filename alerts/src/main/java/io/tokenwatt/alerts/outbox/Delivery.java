package io.tokenwatt.alerts.outbox;

import io.tokenwatt.alerts.incident.Incident;
import io.tokenwatt.alerts.incident.Transition;
import java.time.Instant;

/**
 * One notification that one receiver still has to be told of. Immutable.
 *
 * @param incident as it was at the transition
 * @param since when it became due
 * @param notBefore when it may be attempted
 */
public record Delivery(
    Incident incident,
    Transition transition,
    String receiver,
    Instant since,
    long attempts,
    Instant notBefore,
    String answer) {

  static Delivery due(Incident incident, Transition transition, String receiver) {
    boolean trigger = transition == Transition.TRIGGER;
    Instant since = trigger ? incident.state().firedAt() : incident.resolvedAt();
    return new Delivery(incident, transition, receiver, since, 0, Instant.EPOCH, "");
  }

  /** The same after one more attempt that did not succeed. */
  public Delivery again(Instant next, String newAnswer) {
    return new Delivery(incident, transition, receiver, since, attempts + 1, next, newAnswer);
  }

  public String notification() {
    return incident.notification(transition);
  }
}
