package io.tokenwatt.collectors.exporters;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class GpuIdTest {

  @Test
  void theBytesAreThoseOfTheUuid() {
    GpuId id = GpuId.of("GPU-473571f2-fb37-ef7e-50fe-9885b74a23cd");
    assertThat(HexFormat.of().formatHex(id.bytes())).isEqualTo("473571f2fb37ef7e50fe9885b74a23cd");
    assertThat(id).hasToString("GPU-473571f2-fb37-ef7e-50fe-9885b74a23cd");
  }

  @Test
  void withoutPrefixInCapitalsOrAsMigItIsTheSame() {
    GpuId id = GpuId.of("GPU-473571f2-fb37-ef7e-50fe-9885b74a23cd");
    assertThat(GpuId.of("473571f2-fb37-ef7e-50fe-9885b74a23cd")).isEqualTo(id);
    assertThat(GpuId.of("GPU-473571F2-FB37-EF7E-50FE-9885B74A23CD")).isEqualTo(id);
    assertThat(GpuId.of("MIG-473571f2-fb37-ef7e-50fe-9885b74a23cd")).isEqualTo(id);
  }

  @Test
  void anyOtherTextIsIdentifiedByItsHash() {
    // printf '%s' MIG-GPU-1/7/0 | sha256sum
    assertThat(HexFormat.of().formatHex(GpuId.of("MIG-GPU-1/7/0").bytes()))
        .isEqualTo("ebffe4fe797e2759073d6c07b3420327");
    assertThat(GpuId.of("692247001282")).isNotEqualTo(GpuId.of("692247001283"));
    assertThat(GpuId.of("GPU-473571f2-fb37-ef7e-50fe-9885b74a23cx")).isNotNull();
  }
}
