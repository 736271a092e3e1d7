package io.tokenwatt.alerts.ruletest;

import io.tokenwatt.config.ConfigException;
import io.tokenwatt.config.ConfigReader;
import io.tokenwatt.config.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Reads files of rule tests. Stateless. */
public final class TestFiles {
  private TestFiles() {}

  /**
   * All tests of a file, or of every {@code *.yaml} of a folder by name.
   *
   * @throws ConfigException listing every problem of every file with its line
   */
  public static List<RuleTest> in(Path path) {
    List<Problem> problems = new ArrayList<>();
    List<RuleTest> tests = new ArrayList<>();
    for (Path file : files(path)) {
      try {
        tests.addAll(ConfigReader.plain().read(file, TestYaml::tests));
      } catch (ConfigException e) {
        problems.addAll(e.problems());
      }
    }
    if (tests.isEmpty() && problems.isEmpty()) {
      problems.add(new Problem(path.toString(), 0, "", "holds no *.yaml: no test to run"));
    }
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
    return tests;
  }

  private static List<Path> files(Path path) {
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    try (Stream<Path> entries = Files.list(path)) {
      return entries.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    } catch (IOException e) {
      throw new ConfigException(
          List.of(new Problem(path.toString(), 0, "", "cannot list this folder: " + e)));
    }
  }
}
