package io.tokenwatt.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What the sections of one file share: where problems go, what may override. One thread. */
final class Context {
  final String file;
  final Path folder;
  final Environment environment;
  final Placeholders placeholders;
  private final List<Problem> problems = new ArrayList<>();
  private final List<Entries> sections = new ArrayList<>();

  Context(String file, Path folder, Environment environment) {
    this.file = file;
    this.folder = folder;
    this.environment = environment;
    this.placeholders = new Placeholders(environment, folder);
  }

  void add(Entries section) {
    sections.add(section);
  }

  void reject(Problem problem) {
    problems.add(problem);
  }

  /** All problems by line, unknown keys and variables included; call when everything is read. */
  List<Problem> finish() {
    sections.forEach(Entries::rejectUnknownKeys);
    for (String name : environment.unknown()) {
      String hint =
          NearestKey.of(name, environment.known()).map(k -> "; did you mean " + k + "?").orElse("");
      problems.add(new Problem("environment variable " + name, 0, "", "overrides no key" + hint));
    }
    return problems.stream().sorted(Comparator.comparingInt(Problem::line)).distinct().toList();
  }
}
