package io.tokenwatt.collectors.agent;

import io.tokenwatt.collectors.scrape.Access;
import io.tokenwatt.collectors.scrape.TargetSpec;
import io.tokenwatt.config.Secret;
import io.tokenwatt.config.Section;
import io.tokenwatt.config.tls.TlsFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
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
    Optional<Path> bearerFile = section.path("bearer_token_file");
    if (bearerFile.isPresent() && !Files.isReadable(bearerFile.get())) {
      section.reject("bearer_token_file", bearerFile.get() + " cannot be read");
    }
    Optional<Access.Login> basic = Optional.empty();
    if (section.has("basic")) {
      Section login = section.section("basic");
      String username = login.text("username");
      Secret password = login.secret("password").orElse(new Secret(""));
      basic = Optional.of(new Access.Login(username, password));
    }
    TlsFiles tls = TlsFiles.of(section.section("tls"));
    if (Stream.of(bearer, bearerFile, basic).filter(Optional::isPresent).count() > 1) {
      String key = basic.isPresent() ? "basic" : "bearer_token_file";
      section.reject(key, "bearer_token, bearer_token_file and basic exclude each other");
      return Access.OPEN.withTls(tls);
    }
    return new Access(bearer, bearerFile, basic, tls);
  }
}
