package io.tokenwatt.collectors.agent;

import io.tokenwatt.collectors.requests.LabelLimits;
import io.tokenwatt.collectors.requests.RequestsSpec;
import io.tokenwatt.collectors.requests.ServedByRule;
import io.tokenwatt.collectors.requests.Told;
import io.tokenwatt.collectors.requests.Vantage;
import io.tokenwatt.config.Secret;
import io.tokenwatt.config.Section;
import io.tokenwatt.model.Topics;
import io.tokenwatt.model.proto.Server;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Section {@code requests} of the agent's YAML. Stateless. */
final class RequestsYaml {
  private RequestsYaml() {}

  /** Empty where the section is absent or says {@code enabled: false}. */
  static Optional<RequestsSpec> read(Section root) {
    if (!root.has("requests")) {
      return Optional.empty();
    }
    Section section = root.section("requests");
    boolean enabled = section.flag("enabled", true);
    InetSocketAddress loopback =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), RequestsSpec.DEFAULT_PORT);
    InetSocketAddress listen = section.parsed("listen", loopback, AgentYaml::address);
    Optional<Secret> token = section.secret("bearer_token");
    boolean here = !listen.isUnresolved() && listen.getAddress().isLoopbackAddress();
    if (enabled && token.isEmpty() && !here) {
      section.reject("bearer_token", "is required where listen is not a loopback address");
    }
    RequestsSpec spec =
        new RequestsSpec(
            listen,
            token,
            tenantKey(section),
            section.choice("count", Vantage.GATEWAY),
            (int) section.bytes("max_body", RequestsSpec.DEFAULT_MAX_BODY, 1 << 10, 64 << 20),
            section.text("topic", Topics.REQUEST_EVENTS),
            rules(section),
            told(section.section("default_served_by")),
            labels(section.section("labels")));
    return enabled ? Optional.of(spec) : Optional.empty();
  }

  private static LabelLimits labels(Section section) {
    LabelLimits usual = LabelLimits.DEFAULT;
    return new LabelLimits(
        section.integer("model", usual.model(), 1, 1_000_000),
        section.integer("adapter", usual.adapter(), 1, 1_000_000),
        section.integer("tenant", usual.tenant(), 1, 1_000_000),
        section.integer("client_region", usual.clientRegion(), 1, 1_000_000),
        section.integer("service_class", usual.serviceClass(), 1, 1_000_000));
  }

  private static Optional<Secret> tenantKey(Section section) {
    boolean plain = section.flag("plain_tenants", false);
    Optional<Secret> key = section.secret("tenant_key");
    if (plain == key.isPresent()) {
      section.reject(
          "tenant_key",
          "give a key to hash tenants with, such as ${file:/run/secrets/tenant_key}, or plain_tenants: true");
    }
    return key;
  }

  private static List<ServedByRule> rules(Section section) {
    List<ServedByRule> rules = new ArrayList<>();
    for (Section each : section.sections("served_by")) {
      Told match = told(each.section("match"));
      if (match.equals(Told.NOTHING)) {
        each.reject("match", "must name node, engine, workload, region or cluster");
      }
      rules.add(new ServedByRule(match, server(each.section("server"))));
    }
    return rules;
  }

  private static Told told(Section section) {
    return new Told(
        section.text("node", ""),
        section.text("engine", ""),
        section.text("workload", ""),
        section.text("region", ""),
        section.text("cluster", ""));
  }

  private static Server server(Section section) {
    return Server.newBuilder()
        .setRegion(section.text("region", ""))
        .setCluster(section.text("cluster", ""))
        .setSiteKind(section.text("site_kind", ""))
        .setProvider(section.text("provider", ""))
        .setPurchaseOption(section.text("purchase_option", ""))
        .setBoardName(section.text("hardware", ""))
        .setModelName(section.text("model", ""))
        .setPrecision(section.text("precision", ""))
        .setWorkload(section.text("workload", ""))
        .setOwner(section.text("owner", ""))
        .setDeployment(section.text("deployment", ""))
        .setEngine(section.text("engine", ""))
        .setRole(section.text("role", "both"))
        .setTask(section.text("task", "generate"))
        .setKind(section.text("kind", "inference"))
        .build();
  }
}
