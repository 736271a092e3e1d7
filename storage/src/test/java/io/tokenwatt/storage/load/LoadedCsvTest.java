package io.tokenwatt.storage.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LoadedCsvTest {
  private static final String PRICES =
      "provider,region,hardware,purchase_option,effective_from,per_gpu_hour,currency,energy_billing,"
          + "per_kwh,per_kw_month,kw_per_gpu,effective_until,example,note";

  @Test
  void aPriceIsReadWithItsNote() {
    LoadedRow row =
        read(
                "# ours",
                "provider,region,hardware,purchase_option,effective_from,usd_per_gpu_hour,example,note",
                "acme,eu,H100-SXM,spot,2026-01-01T00:00:00Z,1.25,true,from the bill, page 2")
            .orThrow()
            .get(0);
    assertThat(row.table()).isEqualTo(LoadedTable.PRICES);
    assertThat(row.text("currency")).isEqualTo("USD");
    assertThat(row.text("energy_billing")).isEqualTo("inclusive");
    assertThat(row.text("note")).isEqualTo("from the bill, page 2");
    assertThat(row.time("effective_from")).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
    assertThat(row.get("per_gpu_hour", BigDecimal.class)).isEqualByComparingTo("1.25");
    assertThat(row.key()).isEqualTo("acme eu H100-SXM spot 2026-01-01 00:00:00");
  }

  /** By hand: 33,580 / 46 = 730 a month = 1 an hour; 365 a month = 0.5 an hour. */
  @Test
  void anOwnedBoardsRateIsComputedFromItsParts() {
    LoadedRow row =
        read(
                "provider,region,hardware,purchase_option,effective_from,capex_per_gpu,amortise_months,"
                    + "opex_per_gpu_month,energy_billing,per_kwh",
                "own,eu,H100,owned,2026-01-01,33580,46,365,metered,0.12")
            .orThrow()
            .get(0);
    assertThat(row.get("per_gpu_hour", BigDecimal.class)).isEqualByComparingTo("1.5");
    assertThat(row.get("amortise_months", Long.class)).isEqualTo(46);
  }

  @Test
  void everyProblemIsListedWithItsLine() {
    assertThat(
            read(
                    PRICES,
                    "acme,eu,H100",
                    "acme,eu,H100,spot,2026-01-01T00:30:00Z,1,USD,inclusive,,,,,true,",
                    "acme,eu,H100,spot,2026-01-01,-1,USD,inclusive,,,,,true,",
                    "acme,eu,H100,spot,2026-01-01,1 EUR,euro,inclusive,,,,,true,",
                    "acme,eu,H100,spot,2026-01-01,0.0000001,USD,inclusive,,,,,true,",
                    "acme,eu,H100,spot,2026-01-01,1,USD,inclusive,,,,,maybe,",
                    ",eu,H100,spot,2026-01-01,1,USD,inclusive,,,,,true,",
                    "acme,eu,H100,spot,2026-01-01,1,USD,metered,,,,,true,",
                    "acme,eu,H100,spot,2026-01-01,1,USD,committed_kw,,10,,,true,",
                    "acme,eu,H100,spot,2026-01-01,1,USD,free,,,,,true,",
                    "acme,eu,H100,spot,2026-01-02,1,USD,inclusive,,,,2026-01-01,true,",
                    "acme,eu,H100,spot,2026-01-01,1,USD,inclusive,,,,,true,\"open",
                    "acme,eu,H100,spot,2026-01-01,1,USD,inclusive,,,,,true,fine",
                    "acme,eu,H100,spot,2026-01-01,2,USD,inclusive,,,,,true,again")
                .problems())
        .satisfiesExactly(
            p -> assertThat(p).startsWith("p.csv:2: 3 fields instead of 14"),
            p -> assertThat(p).startsWith("p.csv:3: effective_from is a whole UTC hour"),
            p -> assertThat(p).startsWith("p.csv:4: per_gpu_hour is not negative"),
            p -> assertThat(p).startsWith("p.csv:5: per_gpu_hour is not a number: 1 EUR"),
            p -> assertThat(p).startsWith("p.csv:5: currency is a currency of three capitals"),
            p -> assertThat(p).startsWith("p.csv:6: per_gpu_hour has at most 6 decimals"),
            p -> assertThat(p).startsWith("p.csv:7: example is true or false, not maybe"),
            p -> assertThat(p).startsWith("p.csv:8: provider is missing"),
            p -> assertThat(p).startsWith("p.csv:9: per_kwh belongs to"),
            p -> assertThat(p).startsWith("p.csv:10: per_kw_month and kw_per_gpu belong"),
            p -> assertThat(p).startsWith("p.csv:11: energy_billing is inclusive, metered or"),
            p -> assertThat(p).startsWith("p.csv:12: effective_until is not after"),
            p -> assertThat(p).startsWith("p.csv:13: a quote is not closed"),
            p -> assertThat(p).startsWith("p.csv:15: the entry is there twice"));
  }

  @Test
  void aHeaderThatTellsNothingShowsTheHeadersThereAre() {
    assertThat(read("").problems().get(0)).contains("no header").contains("usd_per_unit");
    assertThat(read("a,b", "1,2").problems()).hasSize(1);
    assertThat(read("commitment,colour", "1,2").problems().get(0)).contains("no column 'colour'");
  }

  @Test
  void aPartOfAnOwnedRateAloneIsRefused() {
    String header =
        "provider,region,hardware,purchase_option,effective_from,per_gpu_hour,capex_per_gpu,amortise_months";
    assertThat(read(header, "own,eu,H100,owned,2026-01-01,,30000,").problems().get(0))
        .contains("belong together");
    assertThat(read(header, "own,eu,H100,owned,2026-01-01,1,30000,36").problems().get(0))
        .contains("not both");
  }

  @Test
  void filesTogetherLackAnExchangeRateOrContradictEachOther() {
    List<LoadedRow> rows =
        read(
                PRICES,
                "acme,eu,H100,spot,2026-01-01,1,EUR,inclusive,,,,2026-03-01,true,",
                "acme,eu,H100,spot,2026-02-01,1,EUR,inclusive,,,,,true,",
                "acme,jp,H100,spot,2026-01-01,1,JPY,inclusive,,,,,true,")
            .orThrow();
    Map<String, Instant> rates = Map.of("EUR", Instant.parse("2026-01-15T00:00:00Z"));
    assertThat(BookChecks.problems(rows, rates))
        .satisfiesExactly(
            p -> assertThat(p).startsWith("p.csv:2: EUR has no exchange rate from 2026-01-01"),
            p -> assertThat(p).startsWith("p.csv:4: JPY has no exchange rate at all"),
            p -> assertThat(p).startsWith("p.csv:3: begins before the price of p.csv:2 ends"));
  }

  @Test
  void quotedFieldsHoldCommasAndQuotes() {
    assertThat(CsvLines.fields("a, \"b, \"\"c\"\"\" ,,d"))
        .containsExactly("a", "b, \"c\"", "", "d");
    assertThat(CsvLines.fields("a,")).containsExactly("a", "");
  }

  private static LoadedCsv.Result read(String... lines) {
    return LoadedCsv.read("p.csv", List.of(lines));
  }
}
