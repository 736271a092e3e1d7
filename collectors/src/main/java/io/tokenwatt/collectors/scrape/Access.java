package io.tokenwatt.collectors.scrape;

import io.tokenwatt.config.Secret;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How a target is spoken to.
 *
 * @param bearer sent as "Authorization: Bearer"
 * @param basic sent as "Authorization: Basic"; not together with {@code bearer}
 * @param ca PEM file with the certificates that are trusted instead of the platform's
 */
public record Access(Optional<Secret> bearer, Optional<Login> basic, Optional<Path> ca) {
  /** No credentials, the platform's certificates. */
  public static final Access OPEN =
      new Access(Optional.empty(), Optional.empty(), Optional.empty());

  public record Login(String username, Secret password) {}

  public Access {
    if (bearer.isPresent() && basic.isPresent()) {
      throw new IllegalArgumentException("bearer_token and basic exclude each other");
    }
  }
}
