package io.tokenwatt.collectors.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenMetricsTest {

  private static Exposition parse(String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return ExpositionParser.parse(bytes, bytes.length, ExpositionFormat.OPENMETRICS);
  }

  @Test
  void aFamilyWithTypeUnitAndExemplarIsClean() {
    Exposition read =
        parse(
            """
            # TYPE energy_joules counter
            # UNIT energy_joules joules
            # HELP energy_joules Energy since boot.
            energy_joules_total{gpu="0"} 12.5 1700000000.25 # {trace="a"} 3
            energy_joules_created{gpu="0"} 1690000000 1700000000.25
            # EOF
            """);

    assertThat(read.isClean()).isTrue();
    assertThat(read.types()).containsOnly(java.util.Map.entry("energy_joules", FamilyType.COUNTER));
    assertThat(read.samples().get(0))
        .isEqualTo(
            new Sample("energy_joules_total", Labels.of("gpu", "0"), 12.5, 1700000000250L, 4));
    assertThat(read.comments()).isEqualTo(4);
  }

  @Test
  void aMissingEofIsAProblemOfTheDocumentAndLosesNoSample() {
    Exposition read = parse("a 1\n");

    assertThat(read.samples()).hasSize(1);
    assertThat(read.rejects()).isEmpty();
    assertThat(read.documentProblems())
        .containsExactly(new Reject(1, "# EOF is missing at the end", ""));
  }

  @Test
  void interleavedFamiliesAreRemarkedWithTheLineWhereTheSecondPartBegins() {
    Exposition read = parse("# TYPE a gauge\na 1\nb 2\na 3\n# EOF\n");

    assertThat(read.samples()).hasSize(3);
    assertThat(read.documentProblems()).extracting(Reject::line).containsExactly(4);
    assertThat(read.documentProblems()).extracting(Reject::text).containsExactly("a");
  }

  @Test
  void linesAfterEofAreRejected() {
    Exposition read = parse("a 1\n# EOF\nb 2\n");

    assertThat(read.samples()).extracting(Sample::name).containsExactly("a");
    assertThat(read.rejects()).containsExactly(new Reject(3, "line after # EOF", "b 2"));
  }

  @Test
  void aCounterBelowZeroIsRemarkedWithItsLine() {
    assertThat(parse("# TYPE a counter\na_total -1\n# EOF\n").documentProblems())
        .containsExactly(new Reject(2, "counter is below zero or NaN", "a_total"));
  }

  @Test
  void bucketsThatFallAndCountsThatDifferAreRemarked() {
    Exposition read =
        parse(
            """
            # TYPE a histogram
            a_bucket{le="1"} 2
            a_bucket{le="2"} 1
            a_bucket{le="+Inf"} 3
            a_count 4
            a_sum 4
            # EOF
            """);

    assertThat(read.documentProblems())
        .containsExactly(
            new Reject(3, "counts of buckets fall", "a"),
            new Reject(2, "count differs from the bucket of +Inf", "a"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a  1", "a 1 ", "a\t1", " a 1", "a{b=\"c\",} 1", "# a comment"})
  void looseTextThatPrometheusAllowsIsRejected(String line) {
    Exposition read = parse("x 1\n" + line + "\ny 2\n# EOF\n");

    assertThat(read.rejects()).extracting(Reject::line).containsExactly(2);
    assertThat(read.samples()).extracting(Sample::name).containsExactly("x", "y");
  }

  @Test
  void nothingButTheMediaTypeMakesABodyOpenMetrics() {
    assertThat(ExpositionFormat.ofContentType("Application/OpenMetrics-Text; version=1.0.0"))
        .isEqualTo(ExpositionFormat.OPENMETRICS);
    assertThat(ExpositionFormat.ofContentType("text/plain"))
        .isEqualTo(ExpositionFormat.PROMETHEUS_TEXT);
    assertThat(ExpositionFormat.ofContentType(null)).isEqualTo(ExpositionFormat.PROMETHEUS_TEXT);
  }
}
