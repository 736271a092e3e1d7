package io.tokenwatt.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where an engine keeps its data, its settings and its log.
 *
 * @param path absolute
 * @param throwaway true: a temporary directory, deleted when the engine ends, be it by the parent
 *     or, if the parent was killed, by the child itself
 */
record DataDirectory(Path path, boolean throwaway) {

  static DataDirectory kept(Path path) {
    try {
      return new DataDirectory(Files.createDirectories(path.toAbsolutePath().normalize()), false);
    } catch (IOException e) {
      throw new EngineException("Cannot create the data directory " + path + ": " + e, e);
    }
  }

  static DataDirectory temporary(String engine) {
    try {
      Path path = Files.createTempDirectory("tokenwatt-" + engine + "-");
      return new DataDirectory(path.toAbsolutePath(), true);
    } catch (IOException e) {
      throw new EngineException("Cannot create a temporary directory for " + engine + ": " + e, e);
    }
  }

  Path resolve(String name) {
    return path.resolve(name);
  }

  void write(String name, String text) {
    try {
      Files.writeString(resolve(name), text);
    } catch (IOException e) {
      throw new EngineException("Cannot write " + resolve(name) + ": " + e, e);
    }
  }

  /** Deletes a throwaway directory whole; leaves a kept one as it is. */
  void discard() {
    if (throwaway) {
      deleteTree(path);
    }
  }

  /** Deletes what is there, in the face of somebody else deleting it at the same time. */
  static void deleteTree(Path root) {
    try {
      List<Path> deepestFirst;
      try (Stream<Path> walk = Files.walk(root)) {
        deepestFirst = walk.sorted(Comparator.reverseOrder()).toList();
      }
      for (Path file : deepestFirst) {
        Files.deleteIfExists(file);
      }
    } catch (NoSuchFileException | UncheckedIOException gone) {
      if (Files.exists(root)) {
        throw new EngineException("Cannot delete " + root + ": " + gone, gone);
      }
    } catch (IOException e) {
      throw new EngineException("Cannot delete " + root + ": " + e, e);
    }
  }
}
