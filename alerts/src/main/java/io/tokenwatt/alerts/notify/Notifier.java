package io.tokenwatt.alerts.notify;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * One receiver. A call takes at most {@link Http#CALL} and never throws for what the receiver or
 * the network does. Called by one thread at a time.
 */
public interface Notifier {
  Outcome send(Notification notification, Instant now);

  /** The least time between the starts of two calls. */
  default Duration pace() {
    return Duration.ZERO;
  }

  /** How often the receiver has to be told of what still fires; zero = once is enough. */
  default Duration repeatEvery() {
    return Duration.ZERO;
  }

  /** Tells of everything that still fires. */
  default Outcome repeat(List<Notification> firing, Instant now) {
    return Outcome.sent("");
  }
}
