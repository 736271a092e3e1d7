package io.tokenwatt.collectors.exposition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HostileBodyTest {

  private static final ExpositionFormat TEXT = ExpositionFormat.PROMETHEUS_TEXT;

  private static Exposition parse(String body, ExpositionFormat format) {
    byte[] bytes = body.getBytes(StandardCharsets.ISO_8859_1);
    return ExpositionParser.parse(bytes, bytes.length, format);
  }

  private static String to4Mebibytes(String part) {
    return part.repeat((4 << 20) / part.length());
  }

  static Stream<String> hostile() {
    String manyLabels =
        "a{"
            + String.join(",", IntStream.range(0, 129).mapToObj(i -> "l" + i + "=\"\"").toList())
            + "} 1\n";
    return Stream.of(
        to4Mebibytes("a"),
        to4Mebibytes("\n"),
        to4Mebibytes("\\"),
        "a{x=\"" + to4Mebibytes("\\\""),
        to4Mebibytes("{\"a\","),
        to4Mebibytes("a{x=\"\",x=\"\"} 1\n"),
        to4Mebibytes(manyLabels),
        to4Mebibytes("a 1" + "0".repeat(60_000) + "\n"),
        to4Mebibytes("a{x=\"" + "\\n".repeat(30_000) + "\"} 1\n"),
        to4Mebibytes("\u00ff\n"),
        to4Mebibytes("# TYPE a gauge\na 1\n"));
  }

  /** Quadratic time would be hours here. */
  @ParameterizedTest
  @MethodSource("hostile")
  void hostileBodiesOf4MebibytesTakeNoLongerThanOthers(String body) {
    for (ExpositionFormat format : ExpositionFormat.values()) {
      Exposition read = assertTimeout(Duration.ofSeconds(60), () -> parse(body, format));
      assertThat(read.samples().size() + read.rejects().size() + read.comments())
          .isEqualTo(read.lines());
    }
  }

  @Test
  void bytesThatAreNotUtf8CostTheirLineOnly() {
    Exposition read = parse("a 1\nb{x=\"\u00ff\"} 2\nc 3\n", TEXT);

    assertThat(read.samples()).extracting(Sample::name).containsExactly("a", "c");
    assertThat(read.rejects())
        .containsExactly(new Reject(2, "line is not UTF-8", "b{x=\"\ufffd\"} 2"));
  }

  @Test
  void aLineOf65536BytesIsReadAndALongerOneRejectedWith200CharactersOfIt() {
    String longest = "a{x=\"" + "y".repeat(65_536 - 9) + "\"} 1";

    assertThat(parse(longest, TEXT).samples()).hasSize(1);
    Exposition read = parse("y" + longest + "\nb 2", TEXT);
    assertThat(read.samples()).extracting(Sample::name).containsExactly("b");
    assertThat(read.rejects())
        .containsExactly(
            new Reject(1, "line is longer than 65536 bytes", "ya{x=\"" + "y".repeat(194)));
  }

  @Test
  void a129thLabelIsRejected() {
    String labels =
        String.join(",", IntStream.range(0, 128).mapToObj(i -> "l" + i + "=\"\"").toList());

    assertThat(parse("a{" + labels + "} 1", TEXT).samples().get(0).labels().size()).isEqualTo(128);
    assertThat(parse("a{" + labels + ",m=\"\"} 1", TEXT).rejects())
        .extracting(Reject::reason)
        .containsExactly("more than 128 labels");
  }

  @Test
  void ofThousandsOfRejectsTheFirstThousandKeepTheirText() {
    Exposition read = parse("?\n".repeat(1001), TEXT);

    assertThat(read.rejects()).hasSize(1001);
    assertThat(read.rejects().get(999).text()).isEqualTo("?");
    assertThat(read.rejects().get(1000).text()).isEmpty();
  }

  @Test
  void onlyTheGivenLengthIsRead() {
    byte[] body = "a 1\nb 2\n".getBytes(StandardCharsets.US_ASCII);

    assertThat(ExpositionParser.parse(body, 4, TEXT).samples()).hasSize(1);
    assertThat(ExpositionParser.parse(body, 99, TEXT).samples()).hasSize(2);
    assertThat(ExpositionParser.parse(body, -1, TEXT).lines()).isZero();
  }

  @Test
  void aCharacterOfTwoHalvesIsNotCutInTwo() {
    assertThat(new Reject(1, "", "y".repeat(199) + "😀").text()).isEqualTo("y".repeat(199));
  }
}
