package io.tokenwatt.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;

/**
 * Where the ClickHouse engine's library (libchdb, 566 MB) is on this machine: the file that {@code
 * TOKENWATT_CHDB_LIB} names, else a cache folder, filled once from npm and pinned by the SHA-512 in
 * this module's package-lock.json. Several processes may ask at once: one installs, the others
 * wait.
 */
public final class ClickHouseLibrary {
  static final String VERSION = "26.7.3-stable.1";
  static final String OVERRIDE = "TOKENWATT_CHDB_LIB";

  private final Map<String, String> environment;
  private final Platform platform;
  private final Path home;

  ClickHouseLibrary(Map<String, String> environment, Platform platform, Path home) {
    this.environment = environment;
    this.platform = platform;
    this.home = home;
  }

  /**
   * The library's path, installing it where it is missing (178 MB through npm, logged).
   *
   * @throws EngineException saying what to do when it cannot be had
   */
  public static Path locate() {
    return new ClickHouseLibrary(
            System.getenv(), Platform.current(), Path.of(System.getProperty("user.home")))
        .find();
  }

  Path find() {
    Optional<Path> given = environmentPath(OVERRIDE);
    if (given.isPresent()) {
      return existing(given.get());
    }
    Path library =
        cacheFolder().resolve("node_modules").resolve(platform.packageName()).resolve("libchdb.so");
    return Files.exists(library) ? library : install(library);
  }

  /** One folder per version and platform, so that a shared home serves several kinds of machine. */
  Path cacheFolder() {
    Path root =
        environmentPath("TOKENWATT_CACHE")
            .or(() -> environmentPath("XDG_CACHE_HOME").map(xdg -> xdg.resolve("tokenwatt")))
            .orElseGet(() -> home.resolve(".cache").resolve("tokenwatt"));
    return root.resolve("chdb").resolve(VERSION).resolve(platform.name()).toAbsolutePath();
  }

  private static Path existing(Path given) {
    if (!Files.isRegularFile(given)) {
      throw new EngineException(
          OVERRIDE + " names " + given + ", which is not a file; give the path of libchdb.so");
    }
    return given.toAbsolutePath();
  }

  private Path install(Path library) {
    Path folder = cacheFolder();
    NpmInstall npm = NpmInstall.of(platform, environment);
    // File locks exclude other processes, not other threads of this one.
    synchronized (ClickHouseLibrary.class) {
      try {
        Files.createDirectories(folder.getParent());
        installLocked(npm, folder, library);
      } catch (IOException e) {
        throw new EngineException("Cannot install ClickHouse in " + folder + ": " + e, e);
      }
    }
    return library;
  }

  private void installLocked(NpmInstall npm, Path folder, Path library) throws IOException {
    Path lockFile = folder.resolveSibling(platform.name() + ".lock");
    try (FileChannel channel =
            FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      if (lock.isValid() && !Files.exists(library)) {
        npm.into(folder);
      }
    }
  }

  private Optional<Path> environmentPath(String name) {
    return Optional.ofNullable(environment.get(name))
        .filter(value -> !value.isBlank())
        .map(Path::of);
  }
}
