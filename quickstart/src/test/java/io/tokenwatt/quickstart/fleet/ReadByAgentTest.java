package io.tokenwatt.quickstart.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.collectors.exporters.ExporterCatalogue;
import io.tokenwatt.collectors.exposition.Exposition;
import io.tokenwatt.collectors.exposition.ExpositionFormat;
import io.tokenwatt.collectors.exposition.ExpositionParser;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What the fleet writes is what the project's own collectors read. */
class ReadByAgentTest extends FleetFixture {
  @Test
  void everyPageParsesWithoutARejectAndItsExporterIsRecognised() throws Exception {
    pass(40);
    ExporterCatalogue catalogue = ExporterCatalogue.standard();
    for (SimulatedNode node : present()) {
      for (SimulatedTarget target : node.targets()) {
        byte[] body = Page.get(target).text().getBytes(StandardCharsets.UTF_8);
        Exposition page =
            ExpositionParser.parse(body, body.length, ExpositionFormat.PROMETHEUS_TEXT);
        assertThat(page.rejects()).as(node.name() + " " + target.name()).isEmpty();
        assertThat(page.documentProblems()).as(node.name() + " " + target.name()).isEmpty();
        assertThat(page.lines()).isEqualTo(page.samples().size() + page.comments());
        assertThat(catalogue.detect(page).orElseThrow().kind()).isEqualTo(target.kind());
      }
    }
  }
}
