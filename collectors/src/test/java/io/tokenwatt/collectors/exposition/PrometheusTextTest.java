package io.tokenwatt.collectors.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PrometheusTextTest {

  private static Exposition parse(String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return ExpositionParser.parse(bytes, bytes.length, ExpositionFormat.PROMETHEUS_TEXT);
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
}
