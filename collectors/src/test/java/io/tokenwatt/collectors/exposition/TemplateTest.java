package io.tokenwatt.collectors.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TemplateTest {

  private static final String PAGE =
      """
      # TYPE power gauge
      power{gpu="0"} 100.5
      power{gpu="1"} ERROR
      energy 7
      """;

  private final ExpositionParser parser = new ExpositionParser();

  private Exposition read(String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    Exposition again = parser.read(bytes, bytes.length, ExpositionFormat.PROMETHEUS_TEXT);
    assertThat(again)
        .isEqualTo(ExpositionParser.parse(bytes, bytes.length, ExpositionFormat.PROMETHEUS_TEXT));
    return again;
  }

  @Test
  void theNextPageOfATargetSharesItsSeriesAndHasItsOwnValues() {
    Exposition first = read(PAGE);
    Exposition second = read(PAGE.replace("100.5", "9").replace(" 7", " -1.25e3"));

    assertThat(second.samples()).extracting(Sample::value).containsExactly(9.0, -1250.0);
    assertThat(second.samples().get(0).labels()).isSameAs(first.samples().get(0).labels());
    assertThat(second.rejects()).isEqualTo(first.rejects());
    assertThat(second.types()).isEqualTo(first.types());
  }

  @Test
  void aPageThatChangedOtherwiseIsReadAnew() {
    read(PAGE);
    assertThat(read(PAGE.replace("gpu=\"1\"} ERROR", "gpu=\"1\"} 3")).rejects()).isEmpty();
    assertThat(read(PAGE + "more 1\n").samples()).hasSize(3);
    assertThat(read(PAGE).samples()).hasSize(2);
    assertThat(read(PAGE.replace("gpu=\"0\"", "gpu=\"8\"")).samples().get(0).labels().get("gpu"))
        .isEqualTo("8");
    assertThat(read(PAGE.replace(" 7", " 7 1700000000000")).samples().get(1).hasTimestamp())
        .isTrue();
    assertThat(read(PAGE.replace(" 7\n", " 8")).samples().get(1).value()).isEqualTo(8);
    assertThat(read(PAGE.replace("\n", "\r\n")).samples()).hasSize(2);
    assertThat(read("").lines()).isZero();
    assertThat(read(PAGE.replace("gauge", "counter")).types())
        .containsEntry("power", FamilyType.COUNTER);
  }

  @Test
  void aBufferThatIsFilledAgainDoesNotSpoilWhatIsRemembered() {
    byte[] buffer = "a 1\nb 2\n".getBytes(StandardCharsets.UTF_8);
    parser.read(buffer, 8, ExpositionFormat.PROMETHEUS_TEXT);
    System.arraycopy("c 3\nd 4\n".getBytes(StandardCharsets.UTF_8), 0, buffer, 0, 8);

    assertThat(parser.read(buffer, 8, ExpositionFormat.PROMETHEUS_TEXT).samples())
        .extracting(Sample::name)
        .containsExactly("c", "d");
  }
}
