package io.tokenwatt.storage.report;

import java.util.List;

/** Report {@code prices}: the price book as it held, its formulas and its gaps. */
final class PriceList {
  private static final String ROWS =
      """
      WITH
          toDateTime('2106-01-01 00:00:00', 'UTC') AS never,
          spans AS
          (
              SELECT *,
                  leadInFrame(effective_from, 1, never) OVER (
                      PARTITION BY provider, region, hardware, purchase_option ORDER BY effective_from
                      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS until
              FROM price_rates
          )
      SELECT
          s.provider AS provider, if(s.region = '', '(every other)', s.region) AS region, s.hardware AS hardware,
          s.purchase_option AS purchase_option,
          toString(s.effective_from) AS holds_from,
          if(s.until = never, 'on', toString(s.until)) AS holds_until,
          s.microusd_per_gpu_hour / 1e6 AS usd_per_gpu_h,
          if(usd_per_gpu_h IS NULL, 'gap', '') AS usd_null_reason,
          s.energy_billing AS energy_billing,
          s.microusd_per_kwh / 1e6 AS usd_per_kwh,
          if(usd_per_kwh IS NULL, if(usd_per_gpu_h IS NULL, 'gap', 'in_price'), '') AS kwh_null_reason,
          multiIf(
              usd_per_gpu_h IS NULL, '',
              p.amortise_months IS NOT NULL, concat('(', toString(p.capex_per_gpu), ' / ', toString(p.amortise_months), ' + ',
                  toString(ifNull(p.opex_per_gpu_month, 0)), ') / 730 h'),
              p.energy_billing = 'committed_kw', concat(toString(p.per_gpu_hour), ' + ', toString(p.kw_per_gpu), ' kW x ',
                  toString(p.per_kw_month), ' / 730 h'),
              toString(p.per_gpu_hour)) || if(usd_per_gpu_h IS NULL, '', concat(' ', p.currency)) AS computed_as,
          if(p.zone_of = '', '', concat('zone of ', p.zone_of, '; ')) || p.note AS note,
          s.example AS example
      FROM spans AS s
      ASOF LEFT JOIN (SELECT * FROM prices FINAL WHERE NOT withdrawn) AS p
      ON s.provider = p.provider AND s.region = p.region AND s.hardware = p.hardware
          AND s.purchase_option = p.purchase_option AND p.effective_from <= s.effective_from
      WHERE s.effective_from < {until:DateTime('UTC')} AND s.until > {since:DateTime('UTC')}
      ORDER BY provider, region, hardware, purchase_option, s.effective_from
      """;

  private static final String UNPRICED =
      """
      SELECT concat('No price: ', if(provider = '', '(no provider)', toString(provider)), ' ', region, ' ', hardware, ' ',
          if(purchase_option = '', '(no purchase option)', toString(purchase_option)), ', ',
          printf('%.2f', sum(c.gpu_ms) / 3.6e6), ' GPU-h observed without one.') AS note
      FROM VIEW AS c
      WHERE c.price IS NULL AND c.gpu_ms > 0
      GROUP BY provider, region, hardware, purchase_option
      ORDER BY sum(c.gpu_ms) DESC
      LIMIT 20
      """
          .replace("VIEW", MoneyWords.between("cells_between"));

  static final Report REPORT =
      Report.of(
              "prices",
              "What does a board cost per hour, how is that computed, and where is the price book"
                  + " silent?",
              ROWS,
              List.of(
                  ReportColumn.text("provider", "provider"),
                  ReportColumn.text("region", "region"),
                  ReportColumn.text("hardware", "hardware"),
                  ReportColumn.text("purchase_option", "option"),
                  ReportColumn.text("holds_from", "from (UTC)"),
                  ReportColumn.text("holds_until", "until"),
                  ReportColumn.of("usd_per_gpu_h", "board", Unit.USD_PER_HOUR)
                      .because("usd_null_reason"),
                  ReportColumn.text("energy_billing", "energy"),
                  ReportColumn.of("usd_per_kwh", "per kWh", Unit.USD).because("kwh_null_reason"),
                  ReportColumn.text("computed_as", "computed as"),
                  ReportColumn.of("example", "example", Unit.YES_NO),
                  ReportColumn.text("note", "note")))
          .explaining("gap", "the price or its exchange rate had ended and no other had begun")
          .explaining("in_price", "electricity is in the price of the board")
          .noting(UNPRICED)
          .remarking("A month is 730 h, a twelfth of 8,760. Prices hold from whole UTC hours.");

  private PriceList() {}
}
