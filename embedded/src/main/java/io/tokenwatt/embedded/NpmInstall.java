package io.tokenwatt.embedded;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code npm ci} of the one package of a platform. The lock file holds its SHA-512 and no address:
 * npm takes it from whatever registry it is set up with and refuses other bytes.
 */
final class NpmInstall {
  private static final Logger LOG = LoggerFactory.getLogger(NpmInstall.class);
  private static final Duration DEADLINE = Duration.ofMinutes(15);
  private static final int TAIL_CHARACTERS = 2_000;

  private final Platform platform;
  private final Map<String, String> environment;

  private NpmInstall(Platform platform, Map<String, String> environment) {
    this.platform = platform;
    this.environment = environment;
  }

  /**
   * @throws EngineException when no library is pinned for the platform
   */
  static NpmInstall of(Platform platform, Map<String, String> environment) {
    if (NpmInstall.class.getResource(resource(platform, "package-lock.json")) == null) {
      throw new EngineException(
          "Tokenwatt pins no ClickHouse library for "
              + platform.name()
              + ". "
              + byHand(platform)
              + " Or use a ClickHouse server instead of the embedded engine.");
    }
    return new NpmInstall(platform, environment);
  }

  /** Fills {@code folder}, which does not exist yet, whole or not at all. */
  void into(Path folder) throws IOException {
    Path fresh = Files.createTempDirectory(folder.getParent(), platform.name() + ".new-");
    try {
      for (String name : List.of("package.json", "package-lock.json")) {
        copyResource(name, fresh.resolve(name));
      }
      LOG.info("Fetching ClickHouse {} (178 MB, once) into {}", ClickHouseLibrary.VERSION, folder);
      long begun = System.nanoTime();
      run(fresh);
      DataDirectory.deleteTree(folder);
      Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
      LOG.info("ClickHouse is there after {} s", (System.nanoTime() - begun) / 1_000_000_000L);
    } finally {
      DataDirectory.deleteTree(fresh);
    }
  }

  private void run(Path folder) throws IOException {
    Path output = folder.resolve("npm.log");
    ProcessBuilder builder =
        new ProcessBuilder(
            npm().toString(),
            "ci",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            "--omit-lockfile-registry-resolved=true");
    builder.directory(folder.toFile()).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process npm = builder.start();
    try {
      awaitSuccess(npm, output);
    } finally {
      npm.destroy();
    }
  }

  private Path npm() {
    return Arrays.stream(environment.getOrDefault("PATH", "").split(File.pathSeparator))
        .filter(folder -> !folder.isBlank())
        .map(folder -> Path.of(folder, "npm"))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () ->
                new EngineException(
                    "The embedded ClickHouse is fetched with npm, which is not on the PATH:"
                        + " install Node.js and start again. Or, on any machine with npm, "
                        + byHand(platform)));
  }

  private void awaitSuccess(Process npm, Path output) throws IOException {
    try {
      boolean ended = npm.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS);
      if (ended && npm.exitValue() == 0) {
        return;
      }
      String said = Files.readString(output);
      throw new EngineException(
          (ended ? "npm failed" : "npm took longer than 15 minutes")
              + " to fetch "
              + platform.packageName()
              + "@"
              + ClickHouseLibrary.VERSION
              + ". Check that `npm ping` reaches your registry and that 800 MB of disk are free;"
              + " then start again. npm said:\n"
              + said.substring(Math.max(0, said.length() - TAIL_CHARACTERS)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException("Interrupted while npm fetched the ClickHouse library", e);
    }
  }

  private void copyResource(String name, Path target) throws IOException {
    try (InputStream in = NpmInstall.class.getResourceAsStream(resource(platform, name))) {
      Files.copy(in, target);
    }
  }

  private static String byHand(Platform platform) {
    return "`npm install %s@%s`, then set %s to the path of its libchdb.so."
        .formatted(platform.packageName(), ClickHouseLibrary.VERSION, ClickHouseLibrary.OVERRIDE);
  }

  private static String resource(Platform platform, String name) {
    return "chdb/" + platform.name() + "/" + name;
  }
}
