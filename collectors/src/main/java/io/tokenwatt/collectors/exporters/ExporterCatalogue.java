package io.tokenwatt.collectors.exporters;

import io.tokenwatt.collectors.exposition.Exposition;
import io.tokenwatt.collectors.exposition.Sample;
import io.tokenwatt.config.ConfigException;
import io.tokenwatt.config.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All kinds of exporters that can be read. Immutable and safe for any thread. */
public final class ExporterCatalogue {
  private final Map<String, Exporter> byKind = new LinkedHashMap<>();
  private final List<Exporter> byPriority;

  private ExporterCatalogue(Collection<Exporter> exporters) {
    exporters.forEach(exporter -> byKind.put(exporter.kind(), exporter));
    byPriority =
        exporters.stream()
            .sorted(
                Comparator.comparingInt(Exporter::priority)
                    .reversed()
                    .thenComparing(Exporter::kind))
            .toList();
  }

  /** The shipped set. */
  public static ExporterCatalogue standard() {
    return load(List.of());
  }

  /**
   * The shipped set and every {@code *.yaml} or {@code *.yml} of the folders. A file of a shipped
   * kind stands in its place.
   *
   * @throws ConfigException listing every problem of every file, with its line
   */
  public static ExporterCatalogue load(List<Path> userFolders) {
    List<Problem> problems = new ArrayList<>();
    ExporterFiles files = new ExporterFiles(problems);
    Map<String, ExporterDraft> drafts = new LinkedHashMap<>();
    files.shipped().forEach(draft -> drafts.put(draft.kind(), draft));
    files.inFolders(userFolders).forEach(draft -> drafts.put(draft.kind(), draft));
    List<Exporter> linked =
        drafts.values().stream().map(draft -> draft.link(drafts, problems)).toList();
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
    return new ExporterCatalogue(linked);
  }

  /**
   * Whose exposition this is, told by its names, those of declared but still empty families
   * included; empty where no kind knows it.
   */
  public Optional<Exporter> detect(Exposition exposition) {
    Set<String> names = new HashSet<>(exposition.types().keySet());
    for (Sample sample : exposition.samples()) {
      names.add(sample.name());
    }
    return byPriority.stream().filter(exporter -> exporter.recognises(names)).findFirst();
  }

  /** By the name used in configuration. */
  public Optional<Exporter> byName(String kind) {
    return Optional.ofNullable(byKind.get(kind));
  }

  /** Every kind, in the order shipped, the user's after. */
  public List<Exporter> all() {
    return List.copyOf(byKind.values());
  }
}
