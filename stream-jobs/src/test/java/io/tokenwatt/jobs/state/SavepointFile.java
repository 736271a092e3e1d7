package io.tokenwatt.jobs.state;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** A savepoint's folder as one file. */
final class SavepointFile {
  private SavepointFile() {}

  static void pack(Path savepoint, Path zip) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(savepoint)) {
      files = all.sorted().toList();
    }
    try (OutputStream out = Files.newOutputStream(zip);
        ZipOutputStream entries = new ZipOutputStream(out)) {
      for (Path file : files) {
        entries.putNextEntry(new ZipEntry(file.getFileName().toString()));
        Files.copy(file, entries);
      }
    }
  }

  /** Returns the folder, which is new in {@code parent}. */
  static Path unpack(Path zip, Path parent) throws IOException {
    Path folder = Files.createDirectory(parent.resolve("savepoint"));
    try (ZipFile file = new ZipFile(zip.toFile())) {
      for (ZipEntry entry : file.stream().map(ZipEntry.class::cast).toList()) {
        Files.copy(file.getInputStream(entry), folder.resolve(entry.getName()));
      }
    }
    return folder;
  }
}
