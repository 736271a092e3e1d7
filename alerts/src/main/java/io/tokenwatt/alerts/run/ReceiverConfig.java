package io.tokenwatt.alerts.run;

import io.tokenwatt.alerts.notify.PagerDutyNotifier;
import io.tokenwatt.alerts.notify.Target;
import io.tokenwatt.config.Secret;
import java.util.List;
import java.util.Optional;

/**
 * Who can be told.
 *
 * @param name unique; stored with every notification, so renaming one forgets what it is owed
 * @param routingKey PagerDuty's; empty for the others
 */
public record ReceiverConfig(String name, Type type, Target target, Optional<Secret> routingKey) {
  /** Whose rules it follows. */
  public enum Type {
    PAGERDUTY,
    SLACK,
    ALERTMANAGER
  }

  /**
   * @param url null = PagerDuty's own
   */
  public static ReceiverConfig pagerDuty(String name, Secret url, Secret routingKey) {
    Secret to = url == null ? new Secret(PagerDutyNotifier.URL) : url;
    Target target = new Target(to, Optional.empty(), List.of(routingKey));
    return new ReceiverConfig(name, Type.PAGERDUTY, target, Optional.of(routingKey));
  }

  public static ReceiverConfig slack(String name, Secret url) {
    return new ReceiverConfig(name, Type.SLACK, Target.of(url), Optional.empty());
  }

  /**
   * @param target the whole address, {@code /api/v2/alerts} included
   */
  public static ReceiverConfig alertmanager(String name, Target target) {
    return new ReceiverConfig(name, Type.ALERTMANAGER, target, Optional.empty());
  }
}
