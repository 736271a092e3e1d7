package io.tokenwatt.alerts.run;

import io.tokenwatt.alerts.Rule;
import io.tokenwatt.alerts.RuleFiles;
import io.tokenwatt.alerts.Severity;
import io.tokenwatt.alerts.notify.Target;
import io.tokenwatt.storage.StoreConfig;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that alerts run needs to know. Immutable.
 *
 * @param instance this process's name for people; the lease adds what makes it unique
 * @param listen for /metrics and /healthz
 * @param lease how long the lease outlives a process that died
 * @param routes receivers' names per severity; a severity without any tells nobody
 * @param grafana where people look further; empty = nowhere
 * @param play ClickHouse's address as people reach it, for links that run a runbook's first query
 */
public record RunConfig(
    StoreConfig store,
    List<Rule> rules,
    String instance,
    Optional<InetSocketAddress> listen,
    Duration lease,
    List<ReceiverConfig> receivers,
    Map<Severity, List<String>> routes,
    Optional<Heart> heartbeat,
    Duration repeat,
    String play,
    String grafana) {

  /** Where and how often an external watchdog is told that all is well here. */
  public record Heart(Target target, Duration every) {}

  public static final Duration LEASE = Duration.ofSeconds(15);
  public static final Duration SHORTEST_LEASE = Duration.ofSeconds(3);
  public static final Duration HEARTBEAT = Duration.ofMinutes(1);
  public static final Duration REPEAT = Duration.ofMinutes(1);

  private static final Duration LONGEST_CALL = Duration.ofSeconds(5);

  public RunConfig {
    rules = List.copyOf(rules);
    receivers = List.copyOf(receivers);
    routes = Map.copyOf(routes);
  }

  /** The shipped rules, told to these receivers by the default routes; no port, no heartbeat. */
  public static RunConfig of(StoreConfig store, String instance, List<ReceiverConfig> receivers) {
    return new RunConfig(
        store,
        RuleFiles.shipped(),
        instance,
        Optional.empty(),
        LEASE,
        receivers,
        defaultRoutes(receivers),
        Optional.empty(),
        REPEAT,
        store.url(),
        "");
  }

  /** Pages go to all; tickets to all but PagerDuty, which wakes people. */
  static Map<Severity, List<String>> defaultRoutes(List<ReceiverConfig> receivers) {
    Map<Severity, List<String>> routes = new EnumMap<>(Severity.class);
    routes.put(Severity.PAGE, receivers.stream().map(ReceiverConfig::name).toList());
    routes.put(
        Severity.TICKET,
        receivers.stream()
            .filter(receiver -> receiver.type() != ReceiverConfig.Type.PAGERDUTY)
            .map(ReceiverConfig::name)
            .toList());
    return routes;
  }

  public RunConfig withRules(List<Rule> other) {
    return new RunConfig(
        store, other, instance, listen, lease, receivers, routes, heartbeat, repeat, play, grafana);
  }

  /** How long one call to a receiver may take: what a holder that renewed in time still has. */
  Duration call() {
    Duration third = lease.dividedBy(3);
    return third.compareTo(LONGEST_CALL) < 0 ? third : LONGEST_CALL;
  }

  List<String> receiversOf(Severity severity) {
    return routes.getOrDefault(severity, List.of());
  }
}
