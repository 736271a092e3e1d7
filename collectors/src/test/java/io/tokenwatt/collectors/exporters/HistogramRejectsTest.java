package io.tokenwatt.collectors.exporters;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HistogramRejectsTest {
  private static final String E2E = "vllm:e2e_request_latency_seconds";

  @Test
  void countsThatDecreaseAreRejected() {
    rejected("bucket counts decrease", bucket("1", "5"), bucket("+Inf", "4"), sum("2"));
  }

  @Test
  void aMissingSumIsRejected() {
    rejected("without its _sum", bucket("1", "5"), bucket("+Inf", "5"));
  }

  @Test
  void aCountThatIsNoCountIsRejected() {
    rejected("bucket count NaN", bucket("1", "NaN"), bucket("+Inf", "5"), sum("2"));
    rejected("has a fraction", bucket("1", "1.5"), bucket("+Inf", "5"), sum("2"));
  }

  @Test
  void aBoundThatIsNoDurationIsRejected() {
    rejected("no duration", bucket("soon", "1"), bucket("+Inf", "5"), sum("2"));
  }

  @Test
  void aSumThatIsNoSumIsRejected() {
    rejected("histogram sum is below zero", bucket("1", "1"), bucket("+Inf", "5"), sum("-2"));
  }

  @Test
  void aRepeatedBucketIsRejected() {
    rejected(
        "repeated bucket", bucket("1", "1"), bucket("1.0", "1"), bucket("+Inf", "5"), sum("2"));
  }

  @Test
  void seriesWithDifferentBucketsAreNotAdded() {
    rejected(
        4,
        "different buckets",
        bucket("1", "1"),
        bucket("+Inf", "5"),
        sum("2"),
        E2E + "_bucket{model_name=\"m\",x=\"y\",le=\"2\"} 3",
        E2E + "_bucket{model_name=\"m\",x=\"y\",le=\"+Inf\"} 3",
        E2E + "_sum{model_name=\"m\",x=\"y\"} 3");
  }

  @Test
  void aDecreaseHiddenByAnotherSeriesIsRejected() {
    rejected(
        4,
        "bucket counts decrease",
        bucket("1", "1"),
        bucket("+Inf", "5"),
        sum("2"),
        E2E + "_bucket{model_name=\"m\",x=\"y\",le=\"1\"} 4",
        E2E + "_bucket{model_name=\"m\",x=\"y\",le=\"+Inf\"} 3",
        E2E + "_sum{model_name=\"m\",x=\"y\"} 3");
  }

  private static void rejected(String reason, String... lines) {
    rejected(1, reason, lines);
  }

  private static void rejected(int line, String reason, String... lines) {
    TargetReading reading = Readouts.of(lines);
    assertThat(Readouts.engine(reading).getSeriesList()).isEmpty();
    assertThat(reading.rejects()).hasSize(1);
    assertThat(reading.rejects().get(0).reason()).contains(reason);
    assertThat(reading.rejects().get(0).text()).isEqualTo(E2E + " m");
    assertThat(reading.rejects().get(0).line()).isEqualTo(line);
  }

  private static String bucket(String le, String count) {
    return E2E + "_bucket{model_name=\"m\",le=\"" + le + "\"} " + count;
  }

  private static String sum(String seconds) {
    return E2E + "_sum{model_name=\"m\"} " + seconds;
  }
}
