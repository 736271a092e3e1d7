package io.tokenwatt.quickstart.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.tokenwatt.collectors.exporters.Exporter;
import io.tokenwatt.collectors.exporters.ExporterCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/exporters.md against the files that the agent reads. */
class ExportersDocumentTest {
  @Test
  void whatIsReadIsToldAsTheFilesTellIt() throws IOException {
    Document.of("docs/exporters.md").hasGenerated(ExportersText.of(ExporterFile.shipped()));
  }

  @Test
  void everyKindSaysWhatItIsAndWhatToBewareOf() throws IOException {
    List<ExporterFile> files = ExporterFile.shipped();
    assertThat(files)
        .extracting(ExporterFile::kind)
        .containsExactlyElementsOf(
            ExporterCatalogue.standard().all().stream().map(Exporter::kind).toList());
    for (ExporterFile file : files) {
      assertThat(List.of(file.product(), file.versions()))
          .as(file.kind())
          .noneMatch(text -> text.isBlank() || text.equals("null"));
      assertThat(file.caveats()).as(file.kind()).isNotEmpty();
      if (file.dumps().isEmpty() && !file.names().isEmpty()) {
        assertThat(file.caveats())
            .as(file.kind() + " was never compared with a real page")
            .anyMatch(caveat -> caveat.contains("No real page"));
      }
    }
  }

  @Test
  void realPagesOfTheTestsAreThoseOfTheCorpus() throws IOException {
    Path corpus = Document.ROOT.resolveSibling("shared").resolve("corpus").resolve("exporters");
    assumeThat(corpus).as("the corpus of real dumps").isDirectory();
    List<String> told = ExporterFile.shipped().stream().flatMap(e -> e.dumps().stream()).toList();
    try (Stream<Path> files = Files.list(corpus)) {
      assertThat(files.map(file -> file.getFileName().toString()).toList())
          .containsExactlyInAnyOrderElementsOf(told);
    }
  }
}
