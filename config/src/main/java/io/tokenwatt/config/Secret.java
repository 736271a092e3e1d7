package io.tokenwatt.config;

import static java.util.Objects.requireNonNull;

/**
 * A password or token. Printing it, or a record that holds it, shows {@code (secret)}. Immutable.
 */
public final class Secret {
  private final String value;

  public Secret(String value) {
    this.value = requireNonNull(value, "value is null");
  }

  /** The value itself; hand it to the client that needs it and to nothing else. */
  public String reveal() {
    return value;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret && secret.value.equals(value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return "(secret)";
  }
}
