package io.tokenwatt.storage.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTextTest {
  private static final Report REPORT =
      Report.of(
          "cost",
          "What did it cost?",
          "SELECT 1",
          List.of(
              ReportColumn.text("owner", "owner"),
              ReportColumn.of("usd", "total", Unit.USD).because("usd_null_reason"),
              ReportColumn.of("share", "busy", Unit.PERCENT)));

  @Test
  void aTableHasUnitsThousandsAndADashForTheUnknown() {
    assertThat(TableText.of(answer()))
        .isEqualTo(
            """
            What did it cost?

            owner         total   busy
                            USD      %
            chat      12,345.68   50.0
            a "b", c          –  100.0

            * Nothing is extrapolated.
            """);
  }

  @Test
  void smallNumbersKeepFourDigits() {
    Map<String, Object> row = row("x", new BigDecimal("0.0012345"), "", "1");
    assertThat(TableText.of(with(row))).contains("0.001235");
  }

  @Test
  void anExportersNameDoesNotSteerTheTerminal() {
    assertThat(TableText.of(with(row("\u001b[2Jx", BigDecimal.ONE, "", "1"))))
        .contains("?[2Jx")
        .doesNotContain("\u001b");
  }

  @Test
  void csvIsRfc4180WithTheReason() {
    assertThat(CsvText.of(answer()))
        .isEqualTo(
            "owner,usd,share,usd_null_reason\r\n"
                + "chat,12345.678,0.5,\r\n"
                + "\"a \"\"b\"\", c\",,1,no_price\r\n");
  }

  @Test
  void jsonHoldsValuesReasonsAndNotes() {
    assertThat(JsonText.of(answer()).replaceAll("\\s+", " "))
        .contains("\"report\": \"cost\"")
        .contains("\"from\": \"2026-11-01T00:00:00Z\"")
        .contains("\"observed\": null")
        .contains(
            "{\"owner\": \"chat\", \"usd\": 12345.678, \"share\": 0.5, \"usd_null_reason\": \"\"}")
        .contains("{\"owner\": \"a \\\"b\\\", c\", \"usd\": null, \"share\": 1,")
        .contains("\"notes\": [ \"Nothing is extrapolated.\"]");
  }

  private static Answer answer() {
    return with(
        row("chat", new BigDecimal("12345.678"), "", "0.5"),
        row("a \"b\", c", null, "no_price", "1"));
  }

  @SafeVarargs
  private static Answer with(Map<String, Object>... rows) {
    Instant since = Instant.parse("2026-11-01T00:00:00Z");
    return new Answer(
        REPORT,
        new Span(since, since.plusSeconds(3600)),
        null,
        List.of(rows),
        List.of("Nothing is extrapolated."));
  }

  private static Map<String, Object> row(
      String owner, BigDecimal usd, String reason, String share) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("owner", owner);
    row.put("usd", usd);
    row.put("share", new BigDecimal(share));
    row.put("usd_null_reason", reason);
    return row;
  }
}
