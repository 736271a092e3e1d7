package io.tokenwatt.quickstart.deploy;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Schemas and parsers from npm, pinned by quickstart/src/test/npm/package-lock.json. */
final class NpmPackages {
  private static final Path FOLDER =
      Path.of(System.getProperty("tokenwatt.root"), "quickstart", "src", "test", "npm");

  private NpmPackages() {}

  /** A file of ours beside the packages. */
  static Path file(String name) {
    return FOLDER.resolve(name);
  }

  /** A file of a package; without it the test says how to get it, and is skipped. */
  static Path of(String name) {
    Path file = FOLDER.resolve("node_modules").resolve(name);
    assumeTrue(
        Files.exists(file),
        () -> "no " + name + ": run npm ci --ignore-scripts in quickstart/src/test/npm");
    return file;
  }
}
