package io.tokenwatt.config;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The environment variables that override keys. The variable of a key is the prefix and the key's
 * path in capitals, every run of other characters being one "_": {@code targets[0].url} is {@code
 * TOKENWATT_AGENT_TARGETS_0_URL}.
 */
final class Environment {
  // Kubernetes sets these for a service named like the prefix; nobody meant to configure anything.
  private static final Pattern SERVICE_LINK =
      Pattern.compile("_SERVICE_(HOST|PORT)(_.*)?|_PORT(_\\d+_(TCP|UDP|SCTP)(_.*)?)?");

  private final String prefix;
  private final Map<String, String> variables;
  private final Set<String> asked = new HashSet<>();

  Environment(String prefix, Map<String, String> variables) {
    this.prefix = prefix;
    this.variables = variables;
  }

  String nameOf(String path) {
    String words = path.replaceAll("[^A-Za-z0-9]+", "_").replaceAll("^_|_$", "");
    return prefix + "_" + words.toUpperCase(Locale.ROOT);
  }

  /** The value that overrides the key at {@code path}, remembered as known. */
  Optional<String> override(String path) {
    if (prefix.isEmpty()) {
      return Optional.empty();
    }
    String name = nameOf(path);
    asked.add(name);
    return Optional.ofNullable(variables.get(name));
  }

  Optional<String> variable(String name) {
    return Optional.ofNullable(variables.get(name));
  }

  /** Variables with the prefix that override nothing, sorted. */
  List<String> unknown() {
    if (prefix.isEmpty()) {
      return List.of();
    }
    return variables.keySet().stream()
        .filter(name -> name.startsWith(prefix + "_") && !asked.contains(name))
        .filter(name -> !SERVICE_LINK.matcher(name.substring(prefix.length())).matches())
        .sorted()
        .toList();
  }

  Collection<String> known() {
    return asked;
  }
}
