package io.tokenwatt.storage.report;

import static io.tokenwatt.storage.report.MoneyWords.between;

import java.util.List;

/** Report {@code cost-audit}: the split that operators are asked for over 30 days. */
final class CostAudit {
  private static final String ROWS =
      """
      SELECT
          if({by:String} = 'day', toString(a.day), 'all') AS day,
          a.use AS use, a.owner AS owner, a.region AS region,
          sum(a.gpu_h) AS gpu_h,
          if(countIf(a.usd IS NULL) > 0, NULL, sum(a.usd_known)) AS usd,
          max(a.usd_null_reason) AS usd_null_reason,
          sum(a.usd_known) AS usd_known,
          sum(a.usd_known) / nullIf(sum(sum(a.usd_known)) OVER (), 0) AS share,
          CAST(max(a.example_prices), 'Bool') AS example_prices
      FROM %s AS a
      GROUP BY ALL
      ORDER BY day, sum(a.usd_known) DESC, use, owner, region
      """
          .formatted(between("cost_audit"));

  private static final String TOTAL =
      MoneyWords.MONEY
          + """
      SELECT concat(
          'Cost audit = observed ', money(sumIf(a.usd_known, a.use NOT IN ('(committed_unobserved)', 'api'))),
          ' + (committed_unobserved) ', money(sumIf(a.usd_known, a.use = '(committed_unobserved)')),
          ' + API ', money(sumIf(a.usd_known, a.use = 'api')), ' = ', money(sum(a.usd_known)), ' USD',
          if(countIf(a.usd IS NULL) = 0, '.',
              concat('; not in it: ', money(sum(a.gpu_h_unpriced)), ' GPU-h whose cost is not known.'))) AS note
      FROM VIEW AS a
      HAVING count() > 0
      """
              .replace("VIEW", between("cost_audit"));

  private static final String INVOICES =
      MoneyWords.MONEY
          + """
      SELECT concat(
          'Invoice ', invoice, ' of ', provider, ', ', toString(starts), ' to ', toString(ends), ': ',
          ifNull(money(usd_invoice), '–'), ' USD; accounted for: ',
          ifNull(money(usd_accounted), concat('not known (', usd_null_reason, ')')),
          ifNull(concat(' USD; difference ', printf('%+.2f', usd_difference), ' USD (',
              printf('%+.1f', difference_share * 100), ' % of the invoice)'), ''),
          if(example, ', example', ''), '.') AS note
      FROM VIEW
      ORDER BY provider, starts, invoice
      """
              .replace("VIEW", between("invoice_check"));

  private static final String EXAMPLES =
      """
      SELECT 'Some prices, contracts or bills are examples, made up for demonstration.' AS note
      FROM %s AS a
      WHERE a.example_prices
      LIMIT 1
      """
          .formatted(between("cost_audit"));

  static final Report REPORT =
      MoneyWords.explained(
              Report.of(
                  "cost-audit",
                  "What did training, inference, batch and idle boards cost, whose and where, and"
                      + " what is paid for but was not observed?",
                  ROWS,
                  List.of(
                      ReportColumn.text("day", "day"),
                      ReportColumn.text("use", "use"),
                      ReportColumn.text("owner", "owner"),
                      ReportColumn.text("region", "region"),
                      ReportColumn.of("gpu_h", "boards", Unit.GPU_HOURS),
                      ReportColumn.of("usd", "cost", Unit.USD).because("usd_null_reason"),
                      ReportColumn.of("usd_known", "known part", Unit.USD),
                      ReportColumn.of("share", "of all known", Unit.PERCENT),
                      ReportColumn.of("example_prices", "example", Unit.YES_NO))))
          .with(new Parameter("by", "String", "day", "day, or span: one row for the whole time"))
          .noting(TOTAL)
          .noting(INVOICES)
          .noting(EXAMPLES)
          .remarking(
              "idle: loaded and nothing to do, or held by nobody. Time whose activity was not"
                  + " observed (all training, for want of an engine) counts as use, not as idle.")
          .remarking(
              "(committed_unobserved): boards of a commitment beyond those observed in the hour,"
                  + " whatever the reason; api: tokens bought, spread evenly over their period.");

  private CostAudit() {}
}
