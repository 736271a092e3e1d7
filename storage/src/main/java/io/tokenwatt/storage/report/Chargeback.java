package io.tokenwatt.storage.report;

import static io.tokenwatt.storage.report.MoneyWords.between;

import java.util.List;

/** Report {@code chargeback}: engine cost by owner and tenant. */
final class Chargeback {
  static final Report REPORT =
      MoneyWords.explained(
              Report.of(
                  "chargeback",
                  "Which owner and tenant used the engines, at what cost, and how much does no"
                      + " request explain?",
                  "SELECT * FROM "
                      + between("chargeback")
                      + " ORDER BY owner, workload, model, startsWith(tenant, '('), cost DESC, tenant",
                  List.of(
                      ReportColumn.text("owner", "owner"),
                      ReportColumn.text("workload", "workload"),
                      ReportColumn.text("model", "model"),
                      ReportColumn.text("tenant", "tenant"),
                      ReportColumn.of("usd", "cost", Unit.USD).because("usd_null_reason"),
                      ReportColumn.of("usd_prompt", "for prompt", Unit.USD)
                          .because("usd_null_reason"),
                      ReportColumn.of("usd_output", "for output", Unit.USD)
                          .because("usd_null_reason"),
                      ReportColumn.of("prompt_tokens_computed", "prompt", Unit.TOKENS),
                      ReportColumn.of("output_tokens", "output", Unit.TOKENS),
                      ReportColumn.of("requests", "requests", Unit.COUNT),
                      ReportColumn.text("basis", "split by"),
                      ReportColumn.of("example_prices", "example", Unit.YES_NO))))
          .noting(
              MoneyWords.MONEY
                  + """
              SELECT concat('Engine cost: ', money(sum(c.cost) / 3.6e15), ' USD, of which tenants ',
                  money(sumIf(c.cost, NOT startsWith(c.tenant, '(')) / 3.6e15), ', not explained ',
                  money(sumIf(c.cost, c.tenant IN ('(residual)', '(not told)')) / 3.6e15), ', idle ',
                  money(sumIf(c.cost, c.tenant = '(idle)') / 3.6e15), '.') AS note
              FROM VIEW AS c
              HAVING count() > 0
              """
                      .replace("VIEW", between("chargeback")))
          .noting(
              """
              SELECT concat(toString(sum(requests_unresolved)), ' requests name no server that is known;',
                  ' what they cost is part of (residual).') AS note
              FROM request_10s FINAL
              WHERE window_start >= {since:DateTime('UTC')} AND window_start < {until:DateTime('UTC')}
              HAVING sum(requests_unresolved) > 0
              """)
          .remarking(
              "Split by time: prompt and output pay for the time the engine spent in prefill and"
                  + " decode; by weights: an output token weighs 2.5 prompt tokens, because the engine"
                  + " does not tell those times. Cached prompt tokens weigh nothing.")
          .remarking(
              "(residual): engine tokens that no request event told; (idle): loaded, nothing to do."
                  + " The lines of an owner add up to its engines' cost. Boards that nobody held are"
                  + " in none of them.");

  private Chargeback() {}
}
