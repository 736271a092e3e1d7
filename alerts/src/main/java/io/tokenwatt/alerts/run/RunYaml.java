package io.tokenwatt.alerts.run;

import io.tokenwatt.alerts.Rule;
import io.tokenwatt.alerts.RuleFiles;
import io.tokenwatt.alerts.Severity;
import io.tokenwatt.alerts.notify.Target;
import io.tokenwatt.config.ConfigException;
import io.tokenwatt.config.Section;
import io.tokenwatt.storage.StoreConfig;
import io.tokenwatt.storage.StoreYaml;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The shape of the file of alerts run. Stateless. */
public final class RunYaml {
  /** Of environment variables that override keys. */
  public static final String PREFIX = "TOKENWATT_ALERTS";

  private static final Duration HOUR = Duration.ofHours(1);

  private RunYaml() {}

  public static RunConfig config(Section root) {
    List<ReceiverConfig> receivers = new ArrayList<>();
    root.sectionMap("receivers")
        .forEach((name, section) -> receivers.add(ReceiverYaml.receiver(name, section)));
    if (receivers.isEmpty()) {
      root.reject("receivers", "is required: without one nobody is told");
    }
    StoreConfig store = StoreYaml.read(root.section("clickhouse"));
    Section links = root.section("links");
    return new RunConfig(
        store,
        rules(root),
        root.text("instance", hostName()),
        root.parsed("listen", Optional.empty(), RunYaml::address),
        root.duration("lease", RunConfig.LEASE, RunConfig.SHORTEST_LEASE, HOUR),
        receivers,
        routes(root, receivers),
        heartbeat(root),
        RunConfig.REPEAT,
        link(links, "clickhouse", store.url()),
        link(links, "grafana", ""));
  }

  private static List<Rule> rules(Section root) {
    Optional<Path> folder = root.path("rules");
    try {
      return folder.map(RuleFiles::in).orElseGet(RuleFiles::shipped);
    } catch (ConfigException e) {
      e.problems().forEach(problem -> root.reject("rules", problem.toString()));
      return List.of();
    }
  }

  private static Map<Severity, List<String>> routes(Section root, List<ReceiverConfig> receivers) {
    Map<Severity, List<String>> routes = new EnumMap<>(RunConfig.defaultRoutes(receivers));
    Section section = root.section("routes");
    List<String> names = receivers.stream().map(ReceiverConfig::name).toList();
    for (Severity severity : List.of(Severity.PAGE, Severity.TICKET)) {
      String key = severity.label();
      List<String> chosen = section.texts(key);
      chosen.stream()
          .filter(name -> !names.contains(name))
          .forEach(name -> section.reject(key, "no receiver is named " + name));
      if (section.has(key)) {
        routes.put(severity, chosen);
      }
    }
    if (routes.get(Severity.PAGE).isEmpty() && !receivers.isEmpty()) {
      section.reject("page", "names nobody: pages would reach no one");
    }
    return routes;
  }

  private static Optional<RunConfig.Heart> heartbeat(Section root) {
    if (!root.has("heartbeat")) {
      return Optional.empty();
    }
    Section section = root.section("heartbeat");
    Target target = Target.of(ReceiverYaml.secretUrl(section, "url"));
    Duration every = section.duration("every", RunConfig.HEARTBEAT, Duration.ofSeconds(1), HOUR);
    return Optional.of(new RunConfig.Heart(target, every));
  }

  private static String link(Section links, String key, String otherwise) {
    String url = links.text(key, otherwise);
    if (!url.isEmpty() && !ReceiverYaml.isUrl(url)) {
      links.reject(key, "must be an http:// or https:// address, got \"" + url + "\"");
    }
    return url;
  }

  static Optional<InetSocketAddress> address(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 1 || !text.substring(colon + 1).matches("\\d{1,5}")) {
      throw new IllegalArgumentException("expected HOST:PORT such as 127.0.0.1:9465");
    }
    int port = Integer.parseInt(text.substring(colon + 1));
    if (port > 65535) {
      throw new IllegalArgumentException("expected a port up to 65535");
    }
    return Optional.of(new InetSocketAddress(text.substring(0, colon), port));
  }

  static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "tokenwatt";
    }
  }
}
