package io.tokenwatt.quickstart.bench;

import io.tokenwatt.quickstart.bench.workload.SyntheticTrace;
import io.tokenwatt.quickstart.bench.workload.Trace;
import io.tokenwatt.quickstart.bench.workload.TraceFiles;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The traces that drive the bench: recorded ones from the corpus beside the checkout, synthetic
 * ones where it is absent.
 *
 * @param source what to print: where they come from
 */
record Corpus(List<Trace> traces, boolean recorded, String source) {

  /**
   * @param told folder of the corpus; null = look for shared/corpus beside the checkout
   * @throws IOException if the corpus is there and cannot be read
   */
  static Corpus open(Path told) throws IOException {
    Path folder =
        told != null ? told : candidates().filter(TraceFiles::present).findFirst().orElse(null);
    if (folder == null || !TraceFiles.present(folder)) {
      return new Corpus(
          SyntheticTrace.both(),
          false,
          "NOT the recorded traces: no corpus at "
              + Objects.requireNonNullElse(folder, "shared/corpus beside the checkout")
              + "; synthetic arrivals and lengths instead (see --corpus)");
    }
    List<Trace> traces = TraceFiles.read(folder);
    return new Corpus(
        traces,
        true,
        "recorded traces: "
            + traces.stream()
                .map(t -> t.name() + ", " + t.requests() + " requests")
                .reduce((a, b) -> a + "; " + b)
                .orElse(""));
  }

  /** shared/corpus in or beside each folder above this class, then above the working folder. */
  private static Stream<Path> candidates() {
    return Stream.of(home(), Path.of("").toAbsolutePath())
        .flatMap(start -> Stream.iterate(start, Objects::nonNull, Path::getParent))
        .map(folder -> folder.resolve("shared").resolve("corpus"));
  }

  private static Path home() {
    try {
      return Path.of(Corpus.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("a class path entry is no URI", e);
    }
  }
}
