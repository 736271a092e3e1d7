package io.tokenwatt.alerts.notify;

import io.tokenwatt.config.Secret;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where a receiver listens. The whole address counts as secret: Slack's and most heartbeats' carry
 * their token in the path. Nothing that leaves this package holds it.
 *
 * @param authorization the header's value
 * @param more other secrets that a message to it holds, such as a routing key
 */
public record Target(Secret url, Optional<Secret> authorization, List<Secret> more) {
  private static final String HIDDEN = "(secret)";

  public Target {
    more = List.copyOf(more);
  }

  public static Target of(Secret url) {
    return new Target(url, Optional.empty(), List.of());
  }

  /** The text without any secret of this target. */
  public String redacted(String text) {
    List<String> secrets = new ArrayList<>();
    secrets.add(url.reveal());
    URI uri = URI.create(url.reveal());
    // A path of a few letters is none: hiding "/" would hide every sentence.
    if (uri.getRawPath() != null && uri.getRawPath().length() > 8) {
      secrets.add(uri.getRawPath());
    }
    if (uri.getRawQuery() != null) {
      secrets.add(uri.getRawQuery());
    }
    authorization.ifPresent(value -> secrets.add(value.reveal()));
    more.forEach(secret -> secrets.add(secret.reveal()));
    String clean = text;
    secrets.sort((a, b) -> b.length() - a.length());
    for (String secret : secrets) {
      clean = secret.isBlank() ? clean : clean.replace(secret, HIDDEN);
    }
    return clean;
  }

  /** Host and port: enough to know which receiver is meant. */
  public String host() {
    URI uri = URI.create(url.reveal());
    return uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
  }
}
