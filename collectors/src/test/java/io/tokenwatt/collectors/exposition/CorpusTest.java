package io.tokenwatt.collectors.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/**
 * Inputs that nobody here wrote. A body is accepted where it has neither a reject nor a problem of
 * the document. Verdicts that agree:
 *
 * <ul>
 *   <li>client_python, Prometheus text: 26 of 26.
 *   <li>client_python, OpenMetrics: 217 of 225. The other 8 are native histograms, which it accepts
 *       and which are no part of OpenMetrics 1.0: their value is no number, so the line is rejected
 *       with that reason and the samples of the classic histogram beside it are kept.
 *   <li>Prometheus' 27 inputs of prom_errors.jsonl: 27 of 27, 23 of which are bad. Four have an
 *       empty error text there: a NUL inside a label value is a character like any other, and
 *       Prometheus accepts it too.
 * </ul>
 */
class CorpusTest {

  private static Exposition parse(byte[] body, ExpositionFormat format) {
    Exposition read = ExpositionParser.parse(body, body.length, format);
    assertThat(read.samples().size() + read.rejects().size() + read.comments())
        .isEqualTo(read.lines());
    return read;
  }

  private static Exposition parse(String file, ExpositionFormat format) throws IOException {
    return parse(Files.readAllBytes(Corpus.at(file)), format);
  }

  private static List<Corpus.Case> differing(
      List<Corpus.Case> cases, ExpositionFormat format, Predicate<Corpus.Case> accepted) {
    List<Corpus.Case> differing = new ArrayList<>(cases);
    differing.removeIf(
        it ->
            parse(it.input().getBytes(StandardCharsets.UTF_8), format).isClean()
                == accepted.test(it));
    return differing;
  }

  @Test
  void all26VerdictsAgreeWithClientPythonOnPrometheusText() throws IOException {
    List<Corpus.Case> cases =
        Corpus.cases("parsers/client_python_tests/prometheus_parser_cases.jsonl");

    assertThat(cases).hasSize(26);
    assertThat(differing(cases, ExpositionFormat.PROMETHEUS_TEXT, Corpus.Case::valid)).isEmpty();
  }

  @Test
  void allButNativeHistogramsAgreeWithClientPythonOnOpenMetrics() throws IOException {
    List<Corpus.Case> cases =
        Corpus.cases("parsers/client_python_tests/openmetrics_parser_cases.jsonl");
    List<Corpus.Case> differing =
        differing(cases, ExpositionFormat.OPENMETRICS, Corpus.Case::valid);

    assertThat(cases).hasSize(225);
    assertThat(differing).hasSize(8).allMatch(it -> it.test().startsWith("test_native_"));
    for (Corpus.Case it : differing) {
      byte[] body = it.input().getBytes(StandardCharsets.UTF_8);
      assertThat(parse(body, ExpositionFormat.OPENMETRICS).rejects())
          .extracting(Reject::reason)
          .containsOnly("native histogram: only histograms of buckets are read");
    }
  }

  @Test
  void badInputOfPrometheusIsRejectedAndTheLinesAroundItSurvive() throws IOException {
    List<Corpus.Case> cases = Corpus.cases("parsers/prometheus_textparse/prom_errors.jsonl");

    assertThat(cases).hasSize(27);
    for (Corpus.Case it : cases) {
      String body = "before 1\n" + it.input() + "\nafter 2\n";
      byte[] bytes = body.getBytes(StandardCharsets.ISO_8859_1);
      Exposition read = parse(bytes, ExpositionFormat.PROMETHEUS_TEXT);
      assertThat(read.rejects().isEmpty()).as(it.toString()).isEqualTo(it.error().isEmpty());
      assertThat(read.samples().get(0)).isEqualTo(new Sample("before", Labels.EMPTY, 1, 1));
      Sample last = read.samples().get(read.samples().size() - 1);
      assertThat(last.name()).as(it.toString()).isEqualTo("after");
    }
  }

  @Test
  void bodiesOfPrometheusAreReadWhole() throws IOException {
    String folder = "parsers/prometheus_textparse/";
    Exposition text = parse(folder + "alltypes.237mfs.prom.txt", ExpositionFormat.PROMETHEUS_TEXT);
    Exposition bare =
        parse(folder + "alltypes.237mfs.nometa.prom.txt", ExpositionFormat.PROMETHEUS_TEXT);
    Exposition open = parse(folder + "1histogram.om.txt", ExpositionFormat.OPENMETRICS);

    assertThat(List.of(text, bare, open)).allMatch(Exposition::isClean);
    assertThat(text.samples()).hasSize(1857);
    assertThat(text.types()).hasSize(237);
    assertThat(bare.samples()).hasSize(1857);
    assertThat(open.samples()).hasSize(42);
  }

  @Test
  void sumBesideNegativeBoundsIsRemarkedButRead() throws IOException {
    Exposition read =
        parse("parsers/prometheus_textparse/alltypes.5mfs.om.txt", ExpositionFormat.OPENMETRICS);

    assertThat(read.rejects()).isEmpty();
    assertThat(read.samples()).hasSize(53);
    assertThat(read.documentProblems())
        .extracting(Reject::text)
        .contains("rpc_durations_histogram_seconds");
  }

  @Test
  void everyExporterDumpIsReadWhole() throws IOException {
    Map<String, Integer> stated = Corpus.statedSamples();
    assertThat(stated).hasSize(22);
    for (Map.Entry<String, Integer> dump : stated.entrySet()) {
      Exposition read = parse("exporters/" + dump.getKey(), ExpositionFormat.PROMETHEUS_TEXT);
      assertThat(read.isClean()).as(dump.getKey()).isTrue();
      assertThat(read.samples()).as(dump.getKey()).hasSize(dump.getValue());
    }
  }

  @Test
  void everyExporterDumpIsReadAsTheSlowParserReadsIt() throws IOException {
    for (String dump : Corpus.statedSamples().keySet()) {
      byte[] body = Files.readAllBytes(Corpus.at("exporters/" + dump));
      List<Sample> slow = new SlowParser(ExpositionFormat.PROMETHEUS_TEXT).read(body).samples();
      assertThat(parse(body, ExpositionFormat.PROMETHEUS_TEXT).samples()).as(dump).isEqualTo(slow);
    }
  }
}
