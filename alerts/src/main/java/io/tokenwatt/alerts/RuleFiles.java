package io.tokenwatt.alerts;

import io.tokenwatt.config.ConfigException;
import io.tokenwatt.config.ConfigReader;
import io.tokenwatt.config.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Reads rule files, one rule each. All methods throw {@link ConfigException} that lists every
 * problem of every file with its line.
 */
public final class RuleFiles {
  private static final String FOLDER = "rules/";

  private final List<Problem> problems = new ArrayList<>();
  private final List<Rule> rules = new ArrayList<>();
  private final Map<String, String> fileOfName = new HashMap<>();

  private RuleFiles() {}

  /** The rules that ship with Tokenwatt, in the order of {@code rules/INDEX}. */
  public static List<Rule> shipped() {
    RuleFiles files = new RuleFiles();
    // A jar's folder cannot be listed, hence the index.
    for (String name : new String(resource("INDEX"), StandardCharsets.UTF_8).split("\n")) {
      files.add(
          name,
          () -> ConfigReader.plain().read(name, resource(name), Path.of("."), RuleYaml::rule));
    }
    return files.finish();
  }

  /** Every {@code *.yaml} and {@code *.yml} of the folder, by name. None at all is a problem. */
  public static List<Rule> in(Path folder) {
    RuleFiles files = new RuleFiles();
    for (Path file : files.list(folder)) {
      files.add(file.toString(), () -> ConfigReader.plain().read(file, RuleYaml::rule));
    }
    return files.finish();
  }

  private List<Path> list(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      List<Path> files =
          entries.filter(file -> file.toString().matches(".*\\.ya?ml")).sorted().toList();
      if (files.isEmpty()) {
        problems.add(new Problem(folder.toString(), 0, "", "holds no *.yaml: no rule to check"));
      }
      return files;
    } catch (IOException e) {
      problems.add(new Problem(folder.toString(), 0, "", "cannot list this folder: " + e));
      return List.of();
    }
  }

  private void add(String file, Supplier<Rule> read) {
    try {
      Rule rule = read.get();
      rules.add(rule);
      String before = fileOfName.putIfAbsent(rule.name(), file);
      if (before != null) {
        problems.add(new Problem(file, 0, "name", rule.name() + " is already in " + before));
      }
    } catch (ConfigException e) {
      problems.addAll(e.problems());
    }
  }

  private List<Rule> finish() {
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
    return List.copyOf(rules);
  }

  private static byte[] resource(String name) {
    try (InputStream in = RuleFiles.class.getResourceAsStream(FOLDER + name)) {
      if (in == null) {
        throw new IllegalStateException("resource " + FOLDER + name + " is missing in this build");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
