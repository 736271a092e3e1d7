package io.tokenwatt.jobs.efficiency;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds where a job that ran on this machine left off. Every run has a job id, and so a folder, of
 * its own.
 */
public final class RetainedCheckpoints {
  private RetainedCheckpoints() {}

  /**
   * The newest complete checkpoint under {@code directory}, whichever run wrote it; empty when
   * there is none.
   */
  public static Optional<Path> newest(Path directory) {
    if (!Files.isDirectory(directory)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.walk(directory, 3)) {
      return files
          .filter(f -> f.getFileName().toString().equals("_metadata"))
          .max(Comparator.comparingLong(RetainedCheckpoints::modified))
          .map(Path::getParent);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot look for checkpoints in " + directory, e);
    }
  }

  private static long modified(Path file) {
    try {
      return Files.getLastModifiedTime(file).toMillis();
    } catch (IOException e) {
      return Long.MIN_VALUE; // just replaced by a newer one
    }
  }
}
