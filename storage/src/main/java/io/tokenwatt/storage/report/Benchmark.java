package io.tokenwatt.storage.report;

import static io.tokenwatt.storage.report.MoneyWords.between;

import java.util.List;

/** Report {@code benchmark}: own cost per token against providers. */
final class Benchmark {
  static final Report REPORT =
      MoneyWords.explained(
              Report.of(
                  "benchmark",
                  "What would this time's tokens have cost at other providers, and from what load"
                      + " on are own boards cheaper?",
                  "SELECT * FROM "
                      + between("price_benchmark")
                      + " ORDER BY model, usd_provider IS NULL, usd_provider, provider",
                  List.of(
                      ReportColumn.text("model", "model"),
                      ReportColumn.text("provider", "provider"),
                      ReportColumn.of("prompt_tokens_uncached", "prompt", Unit.TOKENS)
                          .because("usd_provider_null_reason"),
                      ReportColumn.of("prompt_tokens_cached", "cached", Unit.TOKENS)
                          .because("usd_provider_null_reason"),
                      ReportColumn.of("output_tokens", "output", Unit.TOKENS),
                      ReportColumn.of("usd_own", "own, all-in", Unit.USD)
                          .because("usd_own_null_reason"),
                      ReportColumn.of("usd_provider", "at provider", Unit.USD)
                          .because("usd_provider_null_reason"),
                      ReportColumn.of("usd_per_mtok_own", "own", Unit.USD_PER_MTOK)
                          .because("usd_own_null_reason"),
                      ReportColumn.of("usd_per_mtok_provider", "provider", Unit.USD_PER_MTOK)
                          .because("usd_provider_null_reason"),
                      ReportColumn.of("break_even_factor", "break-even", Unit.RATIO)
                          .because("break_even_null_reason"),
                      ReportColumn.of("busy_share", "busy now", Unit.PERCENT),
                      ReportColumn.of("break_even_busy_share", "busy at break-even", Unit.PERCENT)
                          .because("break_even_null_reason"),
                      ReportColumn.of("example", "example", Unit.YES_NO))))
          .noting(
              """
              SELECT concat('Not repriced: ', toString(sum(c.output_tokens_bridged)), ' output and ',
                  toString(sum(c.prompt_tokens_bridged)), ' prompt tokens made during gaps longer than 5 minutes,',
                  ' whose board time is not known either.') AS note
              FROM VIEW AS c
              HAVING sum(c.output_tokens_bridged) + sum(c.prompt_tokens_bridged) > 0
              """
                  .replace("VIEW", between("cost_lines")))
          .noting(
              """
              SELECT concat('Only ', toString(uniqExact(provider)), ' providers have tariffs; compare with three:',
                  ' ./tokenwatt prices load TARIFFS.csv') AS note
              FROM api_tariffs FINAL
              WHERE NOT withdrawn
              HAVING uniqExact(provider) < 3
              """)
          .remarking(
              "USD/Mtok is over prompt and output tokens together. A provider's cache is taken to hit"
                  + " as often as ours did.")
          .remarking(
              "break-even: so many times these tokens would own boards have to make, at the same mix,"
                  + " for both to cost the same; below 1 own boards are cheaper now. Busy at"
                  + " break-even assumes that tokens grow with busy time.")
          .remarking(
              "example: a price or tariff is made up. Own cost has no staff or network in it unless"
                  + " the price book's opex has.");

  private Benchmark() {}
}
