package io.tokenwatt.collectors.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrometheusTextTest {

  private static Exposition parse(String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return ExpositionParser.parse(bytes, bytes.length, ExpositionFormat.PROMETHEUS_TEXT);
  }

  private static Sample only(String body) {
    Exposition read = parse(body);
    assertThat(read.rejects()).isEmpty();
    assertThat(read.samples()).hasSize(1);
    return read.samples().get(0);
  }

  @Test
  void dcgmRowsGiveNameLabelsAndValue() {
    Exposition read =
        parse(
            """
            # HELP DCGM_FI_DEV_POWER_USAGE Power draw (in W).
            # TYPE DCGM_FI_DEV_POWER_USAGE gauge
            DCGM_FI_DEV_POWER_USAGE{gpu="0", UUID="GPU-604ac76c",container=""} 112.252000
            """);

    Labels labels = Labels.of("gpu", "0", "UUID", "GPU-604ac76c", "container", "");
    assertThat(read.samples())
        .containsExactly(new Sample("DCGM_FI_DEV_POWER_USAGE", labels, 112.252, 3));
    assertThat(read.types()).containsEntry("DCGM_FI_DEV_POWER_USAGE", FamilyType.GAUGE);
    assertThat(read.comments()).isEqualTo(2);
    assertThat(read.isClean()).isTrue();
  }

  @Test
  void blankValueIsRejectedWithItsLine() {
    Exposition read = parse("a 1\nb{x=\"y\"} \nc 3\n");

    assertThat(read.samples()).extracting(Sample::name).containsExactly("a", "c");
    assertThat(read.rejects()).containsExactly(new Reject(2, "value is missing", "b{x=\"y\"} "));
    assertThat(read.lines()).isEqualTo(3);
  }

  @Test
  void dcgmsFailureTextIsRejectedWithItsLine() {
    String line = "DCGM_FI_DEV_SERIAL{gpu=\"0\"} ERROR - FAILED TO CONVERT TO STRING";

    assertThat(parse("a 1\n" + line + "\n").rejects())
        .containsExactly(new Reject(2, "value is not a number", line));
  }

  @ParameterizedTest
  @CsvSource({
    "1.1701968896e+010, 11701968896",
    "8.128902e+06, 8128902",
    "9223372036854775794, 9223372036854775807",
    "-1, -1",
    ".5, 0.5",
    "5., 5",
    "+Inf, Infinity",
    "-inf, -Infinity",
    "NaN, NaN",
    "-nan, NaN",
    "1e999, Infinity",
    "-0, -0.0",
  })
  void numbersAreReadAsWritten(String written, Double value) {
    assertThat(only("a " + written).value()).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0x10", "1_000", "1d", "1e", "e5", ".", "-", "1.2.3", "++1", "true", "1,5"})
  void whatIsNoNumberIsRejected(String written) {
    assertThat(parse("a " + written).rejects())
        .containsExactly(new Reject(1, "value is not a number", "a " + written));
  }

  @Test
  void unescapedLabelValuesOfDcgmStayAsWritten() {
    assertThat(only("a{path=\"C:\\dir\\x\"} 1").labels().get("path")).isEqualTo("C:\\dir\\x");
  }

  @Test
  void escapesBecomeTheirCharacters() {
    assertThat(only("a{x=\"1\\\\2\\\"3\\n4\"} 1").labels().get("x")).isEqualTo("1\\2\"3\n4");
  }

  @Test
  void namesInQuotesMayBeAnyText() {
    Sample sample = only("{\"gpu.power é\",\"my label\"=\"😀\"} 1");

    assertThat(sample.name()).isEqualTo("gpu.power é");
    assertThat(sample.labels()).isEqualTo(Labels.of("my label", "😀"));
  }

  @Test
  void timestampsAreMilliseconds() {
    assertThat(only("a 1 1700000000123").timestampMs()).isEqualTo(1700000000123L);
    assertThat(only("a 1").hasTimestamp()).isFalse();
  }

  @Test
  void exemplarsAreReadOver() {
    assertThat(only("a_bucket{le=\"1\"} 5 # {trace=\"x # y\"} 0.3 1.5").value()).isEqualTo(5);
  }

  @Test
  void linesMayEndInCarriageReturnAndTheLastOneInNothing() {
    assertThat(parse("a 1\r\n\r\nb{x=\"y\"} 2").samples())
        .containsExactly(
            new Sample("a", Labels.EMPTY, 1, 1), new Sample("b", Labels.of("x", "y"), 2, 3));
  }

  @Test
  void nulInALabelValueIsACharacterLikeAnyOther() {
    assertThat(only("a{b=\"\0x\"} 1").labels().get("b")).isEqualTo("\0x");
  }

  @Test
  void aLabelNameThereTwiceIsRejected() {
    assertThat(parse("a{gpu=\"0\",UUID=\"x\",gpu=\"1\"} 1").rejects())
        .extracting(Reject::reason)
        .containsExactly("label name is there twice");
  }

  @Test
  void aHistogramMayBeNamedLikeACounter() {
    Exposition read =
        parse(
            """
            # TYPE vllm:iteration_tokens_total histogram
            vllm:iteration_tokens_total_bucket{le="1.0"} 3
            vllm:iteration_tokens_total_count 3
            """);

    assertThat(read.types()).containsEntry("vllm:iteration_tokens_total", FamilyType.HISTOGRAM);
    assertThat(read.samples()).hasSize(2);
  }

  @Test
  void typeMayStandAnywhereAndTheFirstCounts() {
    Exposition read = parse("a 1\n# TYPE b gauge\n# TYPE a counter\na 2\n# TYPE a gauge\n");

    assertThat(read.types())
        .containsEntry("a", FamilyType.COUNTER)
        .containsEntry("b", FamilyType.GAUGE);
    assertThat(read.documentProblems())
        .containsExactly(new Reject(5, "family has a second, different TYPE", "a"));
    assertThat(read.samples()).hasSize(2);
  }

  @Test
  void commentsOfAnyTextAreComments() {
    Exposition read = parse("# HELP\n#TYPE x\n# 17 things / done\n#\n  # TYPE a gauge\n\t\n");

    assertThat(read.comments()).isEqualTo(6);
    assertThat(read.types()).containsExactly(java.util.Map.entry("a", FamilyType.GAUGE));
  }
}
