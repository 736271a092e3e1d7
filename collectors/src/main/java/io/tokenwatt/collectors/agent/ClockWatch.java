package io.tokenwatt.collectors.agent;

import io.tokenwatt.collectors.clock.BrokerSkew;
import io.tokenwatt.collectors.clock.ClockJump;
import io.tokenwatt.collectors.clock.Moment;
import io.tokenwatt.collectors.http.Counters;
import io.tokenwatt.collectors.http.Health;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The agent's clocks, and whether its wall clock can be believed: it was set while the agent ran,
 * or it differs from the broker's. Counts, tells in /healthz and logs. {@link #look} is for one
 * thread, the rest for any.
 */
final class ClockWatch {
  static final String JUMPS = "tokenwatt_agent_clock_jumps_total";
  static final String COMPONENT = "clock";
  private static final String HELP = "Times the wall clock was set by a second or more.";
  private static final Logger LOG = LoggerFactory.getLogger(ClockWatch.class);
  private static final long SHOWN_MS = 60_000;

  private final Supplier<Moment> clock;
  private final BrokerSkew skew;
  private final Counters counters;
  private final Health health;
  private final ClockJump jumps = new ClockJump();
  private Moment lastJump;

  ClockWatch(Supplier<Moment> clock, BrokerSkew skew, Counters counters, Health health) {
    this.clock = clock;
    this.skew = skew;
    this.counters = counters;
    this.health = health;
    health.declare(COMPONENT, false);
    counters.counter(JUMPS, HELP, "direction", "forward");
    counters.counter(JUMPS, HELP, "direction", "backward");
    counters.gauge(
        "tokenwatt_agent_clock_skew_seconds",
        "At least so far is this clock ahead of the broker's; 0 = within 2 s, or not known.",
        () -> skew.skewMs() / 1000.0);
  }

  Moment now() {
    return clock.get();
  }

  /** See {@link BrokerSkew#skewMs}. */
  long skewMs() {
    return skew.skewMs();
  }

  /** Once a tick. */
  void look() {
    Moment now = clock.get();
    long jump = jumps.look(now);
    if (jump != 0) {
      lastJump = now;
      String direction = jump > 0 ? "forward" : "backward";
      counters.counter(JUMPS, HELP, "direction", direction).increment();
      String error =
          "the wall clock was set %s by %.3f s".formatted(direction, Math.abs(jump) / 1000.0);
      LOG.warn("clock: {}; rows of this node say clock_skew until it is believed again", error);
      health.down(COMPONENT, error);
    } else if (skew.skewMs() != 0) {
      String error =
          "the wall clock is %.1f s off the broker's; see to NTP".formatted(skew.skewMs() / 1000.0);
      if (health.down(COMPONENT, error)) {
        LOG.warn("clock: {}", error);
      }
    } else if (lastJump == null || now.since(lastJump) > SHOWN_MS) {
      health.up(COMPONENT);
    }
  }
}
