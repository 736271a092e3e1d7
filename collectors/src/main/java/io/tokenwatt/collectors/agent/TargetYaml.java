package io.tokenwatt.collectors.agent;

import io.tokenwatt.collectors.scrape.Access;
import io.tokenwatt.collectors.scrape.TargetSpec;
import io.tokenwatt.config.Secret;
import io.tokenwatt.config.Section;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import okhttp3.HttpUrl;

/** The shape of an item of {@code targets}. Stateless. */
final class TargetYaml {
  private static final HttpUrl NONE = TargetSpec.parse("http://127.0.0.1/");

  private TargetYaml() {}

  /** Reads the target and adds it to its node's, whose names it must not repeat. */
  static void add(Section section, Duration tick, List<TargetSpec> targets) {
    TargetSpec target = target(section, tick);
    if (targets.stream().anyMatch(other -> other.name().equals(target.name()))) {
      section.reject("name", "\"" + target.name() + "\" is already a target of this node");
    } else {
      targets.add(target);
    }
  }

  private static TargetSpec target(Section section, Duration tick) {
    HttpUrl url = url(section);
    Duration half = tick.dividedBy(2);
    Optional<Duration> timeout =
        section.has("timeout")
            ? Optional.of(section.duration("timeout", half, Duration.ofMillis(10), half))
            : Optional.empty();
    return new TargetSpec(
        section.text("name"),
        url,
        Optional.of(section.text("kind", "")).filter(kind -> !kind.isEmpty()),
        timeout,
        access(section),
        section.textMap("adapters"));
  }

  // Not by Section.parsed, whose problem would show a password in the URL.
  private static HttpUrl url(Section section) {
    String url = section.text("url");
    try {
      return url.isEmpty() ? NONE : TargetSpec.parse(url);
    } catch (IllegalArgumentException e) {
      section.reject("url", TargetSpec.problem(url, e));
      return NONE;
    }
  }

  static Access access(Section section) {
    Optional<Secret> bearer = section.secret("bearer_token");
    Optional<Access.Login> basic = Optional.empty();
    if (section.has("basic")) {
      Section login = section.section("basic");
      String username = login.text("username");
      Secret password = login.secret("password").orElse(new Secret(""));
      basic = Optional.of(new Access.Login(username, password));
    }
    Optional<Path> ca = section.section("tls").path("ca");
    if (ca.isPresent() && !Files.isReadable(ca.get())) {
      section.reject("tls", "ca: " + ca.get() + " cannot be read");
    }
    if (bearer.isPresent() && basic.isPresent()) {
      section.reject("basic", "bearer_token and basic exclude each other");
      basic = Optional.empty();
    }
    return new Access(bearer, basic, ca);
  }
}
