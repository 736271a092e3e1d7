package io.tokenwatt.collectors.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Inputs that nobody here wrote. Agreement, out of 26 + 225 cases of client_python and 27 of
 * Prometheus: all but the deviations that the tests list with their reasons.
 */
class CorpusTest {

  private static Exposition parse(byte[] body, ExpositionFormat format) {
    Exposition read = ExpositionParser.parse(body, body.length, format);
    assertThat(read.samples().size() + read.rejects().size() + read.comments())
        .isEqualTo(read.lines());
    return read;
  }

  private static Exposition parse(String body, ExpositionFormat format) {
    return parse(body.getBytes(StandardCharsets.UTF_8), format);
  }

  @Test
  void verdictsAgreeWithClientPythonOnPrometheusText() throws IOException {
    List<String> differing =
        Corpus.cases("parsers/client_python_tests/prometheus_parser_cases.jsonl").stream()
            .filter(
                it -> parse(it.input(), ExpositionFormat.PROMETHEUS_TEXT).isClean() != it.valid())
            .map(it -> it.line() + " " + it.test())
            .toList();

    assertThat(differing).isEmpty();
  }

  @Test
  void verdictsAgreeWithClientPythonOnOpenMetrics() throws IOException {
    List<String> differing =
        Corpus.cases("parsers/client_python_tests/openmetrics_parser_cases.jsonl").stream()
            .filter(it -> parse(it.input(), ExpositionFormat.OPENMETRICS).isClean() != it.valid())
            .map(it -> it.line() + " " + it.test() + it.input())
            .toList();

    assertThat(differing).isEmpty();
  }

  @Test
  void verdictsAgreeWithPrometheusOnBadInput() throws IOException {
    List<String> differing =
        Corpus.cases("parsers/prometheus_textparse/prom_errors.jsonl").stream()
            .filter(
                it ->
                    parse(
                                it.input().getBytes(StandardCharsets.ISO_8859_1),
                                ExpositionFormat.PROMETHEUS_TEXT)
                            .isClean()
                        != it.error().isEmpty())
            .map(it -> it.line() + " " + it.input())
            .toList();

    assertThat(differing).isEmpty();
  }

  @Test
  void everyExporterDumpIsReadWhole() throws IOException {
    Map<String, Integer> stated = Corpus.statedSamples();
    assertThat(stated).hasSizeGreaterThanOrEqualTo(22);
    for (Map.Entry<String, Integer> dump : stated.entrySet()) {
      byte[] body = Files.readAllBytes(Corpus.at("exporters/" + dump.getKey()));
      Exposition read = parse(body, ExpositionFormat.PROMETHEUS_TEXT);
      assertThat(read.rejects()).as(dump.getKey()).isEmpty();
      assertThat(read.documentProblems()).as(dump.getKey()).isEmpty();
      assertThat(read.samples()).as(dump.getKey()).hasSize(dump.getValue());
    }
  }
}
