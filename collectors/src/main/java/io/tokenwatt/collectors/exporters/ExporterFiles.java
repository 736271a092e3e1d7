package io.tokenwatt.collectors.exporters;

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

/** Finds and reads the files of a catalogue; what is wrong is added to the problems. */
final class ExporterFiles {
  private static final String FOLDER = "/exporters.d/";

  private final List<Problem> problems;

  ExporterFiles(List<Problem> problems) {
    this.problems = problems;
  }

  /** The resources named by {@code exporters.d/INDEX}: a jar's folder cannot be listed. */
  List<ExporterDraft> shipped() {
    List<ExporterDraft> drafts = new ArrayList<>();
    for (String name : new String(resource("INDEX"), StandardCharsets.UTF_8).split("\n")) {
      read(
          drafts,
          () ->
              ConfigReader.plain()
                  .read(name, resource(name), Path.of("."), root -> ExporterYaml.read(name, root)));
    }
    return drafts;
  }

  private static byte[] resource(String name) {
    try (InputStream in = ExporterFiles.class.getResourceAsStream(FOLDER + name)) {
      if (in == null) {
        throw new IllegalStateException("resource " + FOLDER + name + " is missing in this build");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Files of all folders, by folder and name. Two files of one kind are a problem. */
  List<ExporterDraft> inFolders(List<Path> folders) {
    List<ExporterDraft> drafts = new ArrayList<>();
    for (Path folder : folders) {
      for (Path file : files(folder)) {
        read(
            drafts,
            () ->
                ConfigReader.plain().read(file, root -> ExporterYaml.read(file.toString(), root)));
      }
    }
    rejectRepeated(drafts);
    return drafts;
  }

  private List<Path> files(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(ExporterFiles::isYaml).sorted().toList();
    } catch (IOException e) {
      problems.add(new Problem(folder.toString(), 0, "", "cannot list this folder: " + e));
      return List.of();
    }
  }

  private static boolean isYaml(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.endsWith(".yaml") || name.endsWith(".yml");
  }

  private void rejectRepeated(List<ExporterDraft> drafts) {
    Map<String, String> first = new HashMap<>();
    for (ExporterDraft draft : drafts) {
      String before = first.putIfAbsent(draft.kind(), draft.file());
      if (before != null) {
        String message = draft.kind() + " is already described in " + before;
        problems.add(new Problem(draft.file(), 0, "kind", message));
      }
    }
  }

  private void read(List<ExporterDraft> drafts, Supplier<ExporterDraft> file) {
    try {
      drafts.add(file.get());
    } catch (ConfigException e) {
      problems.addAll(e.problems());
    }
  }
}
