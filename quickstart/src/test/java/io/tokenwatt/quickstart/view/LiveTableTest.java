package io.tokenwatt.quickstart.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveTableTest {
  private static final Instant NOW = Instant.ofEpochSecond(Rows.END + 7);

  @Test
  void rowsAreAlignedAndSortedByRegionHardwareAndModel() {
    List<String> lines = lines(Rows.healthy(), Rows.unallocated(), Rows.slowSource());
    assertThat(lines.get(0))
        .isEqualTo("Tokenwatt: windows of 10 s, data up to 05:34:10 UTC, 7 s ago");
    assertThat(lines.subList(2, 6))
        .containsExactly(
            "region       hardware         model                      tok/J   J/req $/Mtok EX P95 TTFT  tok/s  watts  seen note",
            "eu-central   H100-SXM-80GB    qwen3-32b                      –       –         –   1.47 s   1433      – 100 % 1",
            "us-east      H100-SXM-80GB    llama-3.1-8b-instruct       2.52    67.3    $0.412  67.1 ms   4399   1743  99 %",
            "eu-central   boards that nobody holds: H200 304 W");
  }

  @Test
  void whatIsNotKnownIsADashWithAReasonAndNeverZero() {
    List<String> lines = lines(Rows.slowSource());
    assertThat(lines.get(3)).contains("–").doesNotContain(" 0");
    assertThat(lines)
        .anyMatch(line -> line.startsWith(" 1  source_period: ") && line.contains("-c 1000"));
  }

  @Test
  void anEmbedderShowsPromptTokensAndATrainingJobItsWatts() {
    List<String> lines = lines(Rows.embedder(), Rows.training());
    assertThat(lines.subList(3, 5))
        .containsExactly(
            "eu-central   H100-SXM         (training)                     –       –         –        –      –   2490 100 % 1",
            "eu-central   L4               bge-m3                      326p   0.751         –  95.2 ms 22417p     69 100 % 2");
    assertThat(lines).anyMatch(line -> line.startsWith(" 1  training: "));
    assertThat(lines).anyMatch(line -> line.startsWith(" 2  prompt_only: "));
    assertThat(lines).noneMatch(line -> line.contains("no_tokens"));
  }

  @Test
  void pricesAreMarkedAsExamples() {
    assertThat(lines(Rows.healthy())).anyMatch(line -> line.contains("EXAMPLE prices"));
  }

  @Test
  void aPercentileBeyondTheLastBucketIsAFloor() {
    assertThat(lines(Rows.saturated()).get(3)).contains("> 2560 s");
  }

  @Test
  void numbersThatDoNotFitAreHiddenNotCut() {
    assertThat(lines(Rows.saturated()).get(3))
        .contains(" # ")
        .doesNotContain("12345")
        .contains("llama-3.3-70b-instruct-…")
        .endsWith("50 % 1,2");
  }

  @Test
  void noLineIsWiderThanTheTerminal() {
    assertThat(lines(Rows.saturated(), Rows.healthy(), Rows.slowSource(), Rows.unallocated()))
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(120));
  }

  @Test
  void withoutDataItSaysThatItWaits() {
    assertThat(lines()).containsExactly("Tokenwatt: waiting for the first window of data");
  }

  @Test
  void numbersKeepThreeDigitsAndCoverageIsRoundedDown() {
    assertThat(Numbers.significant(0.012345)).isEqualTo("0.0123");
    assertThat(Numbers.significant(0.00001234)).isEqualTo("0.0000123");
    assertThat(Numbers.significant(123.456)).isEqualTo("123");
    assertThat(Numbers.significant(123_456.0)).isEqualTo("123456");
    assertThat(Numbers.significant(0.0)).isEqualTo("0");
    assertThat(Numbers.significant(null)).isEqualTo("–");
    assertThat(Numbers.significant(Double.NaN)).isEqualTo("–");
    assertThat(Numbers.percent(0.9999)).isEqualTo("99 %");
    assertThat(Numbers.percent(1.0)).isEqualTo("100 %");
  }

  private static List<String> lines(LiveRow... rows) {
    return LiveTable.lines(new LiveFrame(List.of(rows), 10, NOW));
  }
}
