package io.tokenwatt.alerts.run;

import io.tokenwatt.alerts.notify.Target;
import io.tokenwatt.config.Secret;
import io.tokenwatt.config.Section;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The shape of one receiver. Stateless; every problem becomes one of the section. */
final class ReceiverYaml {
  private static final int ROUTING_KEY = 32;
  private static final List<String> TYPES = List.of("pagerduty", "slack", "alertmanager");
  // Stands in for what was reported, so that reading goes on.
  private static final Secret NOWHERE = new Secret("http://127.0.0.1:1/");

  private ReceiverYaml() {}

  static ReceiverConfig receiver(String name, Section section) {
    if (!section.has("type")) {
      section.reject("type", "is required: " + String.join(", ", TYPES));
    }
    String type = section.choice("type", "alertmanager", TYPES);
    return switch (ReceiverConfig.Type.valueOf(type.toUpperCase(Locale.ROOT))) {
      case PAGERDUTY -> pagerDuty(name, section);
      case SLACK -> ReceiverConfig.slack(name, secretUrl(section, "url"));
      case ALERTMANAGER -> ReceiverConfig.alertmanager(name, alertmanager(section));
    };
  }

  private static ReceiverConfig pagerDuty(String name, Section section) {
    Secret key = required(section, "routing_key", "of the service's Events API v2 integration");
    if (key != NOWHERE && key.reveal().length() != ROUTING_KEY) {
      section.reject("routing_key", "must have PagerDuty's 32 characters");
    }
    Secret url = section.has("url") ? url(section, "url") : null;
    return ReceiverConfig.pagerDuty(name, url, key);
  }

  private static Target alertmanager(Section section) {
    Secret base = url(section, "url");
    Optional<Secret> bearer =
        section.secret("bearer_token").map(token -> new Secret("Bearer " + token.reveal()));
    String user = section.text("user", "");
    Optional<Secret> password = section.secret("password");
    if (user.isEmpty() != password.isEmpty()) {
      section.reject("user", "user and password are given together");
    }
    if (bearer.isPresent() && password.isPresent()) {
      section.reject("bearer_token", "give it or user and password, not both");
    }
    String slash = base.reveal().endsWith("/") ? "" : "/";
    Secret whole = new Secret(base.reveal() + slash + "api/v2/alerts");
    return new Target(whole, bearer.or(() -> password.map(p -> basic(user, p))), List.of());
  }

  private static Secret basic(String user, Secret password) {
    byte[] pair = (user + ":" + password.reveal()).getBytes(StandardCharsets.UTF_8);
    return new Secret("Basic " + Base64.getEncoder().encodeToString(pair));
  }

  /** An address that carries a token. */
  static Secret secretUrl(Section section, String key) {
    Secret url = required(section, key, "and is a secret: whoever has it can post");
    if (!isUrl(url.reveal())) {
      section.reject(key, "must be an http:// or https:// address");
      return NOWHERE;
    }
    return url;
  }

  private static Secret required(Section section, String key, String what) {
    if (!section.has(key)) {
      section.reject(key, "is required " + what);
    }
    return section.secret(key).orElse(NOWHERE);
  }

  /** An address without a secret in it. */
  private static Secret url(Section section, String key) {
    String url = section.text(key);
    if (!url.isEmpty() && !isUrl(url)) {
      section.reject(key, "must be an http:// or https:// address, got \"" + url + "\"");
      return NOWHERE;
    }
    return url.isEmpty() ? NOWHERE : new Secret(url);
  }

  static boolean isUrl(String text) {
    return text.matches("https?://[^/?#@\\s]+(/[^\\s#]*)?(\\?[^\\s#]*)?");
  }
}
