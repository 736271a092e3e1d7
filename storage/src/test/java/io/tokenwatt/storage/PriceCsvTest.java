package io.tokenwatt.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PriceCsvTest {
  @Test
  void aPriceIsReadWithItsNote() {
    List<Price> prices =
        PriceCsv.parse(
            "p.csv",
            List.of(
                "# ours",
                PriceCsv.HEADER,
                "acme,eu,H100-SXM,spot,2026-01-01T00:00:00Z,1.25,true,from the bill, page 2"));
    assertThat(prices)
        .containsExactly(
            new Price(
                "acme",
                "eu",
                "H100-SXM",
                "spot",
                Instant.parse("2026-01-01T00:00:00Z"),
                new BigDecimal("1.25"),
                true,
                "from the bill, page 2"));
  }

  @Test
  void everyProblemIsListedWithItsLine() {
    assertThatThrownBy(
            () ->
                PriceCsv.parse(
                    "p.csv",
                    List.of(
                        PriceCsv.HEADER,
                        "acme,eu,H100",
                        "acme,eu,H100,spot,2026-01-01T00:30:00Z,1,true,",
                        "acme,eu,H100,spot,2026-01-01T00:00:00Z,-1,true,",
                        "acme,eu,H100,spot,2026-01-01T00:00:00Z,1 EUR,true,",
                        "acme,eu,H100,spot,2026-01-01T00:00:00Z,0.0000001,true,",
                        "acme,eu,H100,spot,2026-01-01T00:00:00Z,1,maybe,")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("p.csv:2: 3 fields")
        .hasMessageContaining("p.csv:3: a price holds from a whole UTC hour")
        .hasMessageContaining("p.csv:4: a price is not negative")
        .hasMessageContaining("p.csv:5: usd_per_gpu_hour is not a number: 1 EUR")
        .hasMessageContaining("p.csv:6: a price has at most 6 decimals")
        .hasMessageContaining("p.csv:7: example is true or false, not maybe");
  }

  @Test
  void aFileWithoutHeaderIsRefused() {
    assertThatThrownBy(() -> PriceCsv.parse("p.csv", List.of("")))
        .hasMessageContaining("the first line must be provider,region");
  }
}
