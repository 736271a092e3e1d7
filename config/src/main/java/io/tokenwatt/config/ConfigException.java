package io.tokenwatt.config;

import java.util.List;
import java.util.stream.Collectors;

/** A configuration was refused. The message lists all problems, one per line, in file order. */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient List<Problem> problems;

  public ConfigException(List<Problem> problems) {
    super(describe(problems));
    this.problems = List.copyOf(problems);
  }

  /** At least one, in file order. */
  public List<Problem> problems() {
    return problems;
  }

  private static String describe(List<Problem> problems) {
    String title =
        problems.size() == 1
            ? "1 problem in the configuration:"
            : problems.size() + " problems in the configuration:";
    return problems.stream()
        .map(problem -> "\n  " + problem)
        .collect(Collectors.joining("", title, ""));
  }
}
