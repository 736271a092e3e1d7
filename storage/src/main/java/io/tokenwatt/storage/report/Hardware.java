package io.tokenwatt.storage.report;

import java.util.List;

/** Report {@code hardware}: the same work on each hardware that did it. */
final class Hardware {
  private static final String ROWS =
      """
      SELECT
          model, precision,
          concat('~', toString(toUInt64(prompt_tokens_per_request_about)), '/~', toString(toUInt64(output_tokens_per_request_about)),
              if(cached_share_quarter < 0, '', concat(', cached ', toString(25 * cached_share_quarter), '-', toString(25 * (cached_share_quarter + 1)), ' %'))) AS mix,
          hardware, tokens_share_of_mix,
          if(null_reason = '', 'measured', concat('insufficient evidence: ', null_reason)) AS verdict, null_reason,
          slo_basis, slo_attainment, hours, running_per_engine_from, output_tokens_per_joule, output_tokens_per_s_per_gpu,
          usd_per_mtok_output, usd_null_reason, example_prices,
          replicas_needed, gpus_needed,
          multiIf(memory_fit IS NULL, 'unknown', memory_fit, 'yes', 'no') AS memory_fit,
          baseline_hardware,
          usd_saving_share, usd_saving_share_low, usd_saving_share_high, usd_saving_null_reason
      FROM hardware_comparison(since = {since:DateTime('UTC')}, until = {until:DateTime('UTC')},
          min_hours = {min_hours:UInt32}, min_requests = {min_requests:UInt64})
      ORDER BY model, precision, prompt_tokens_per_request_about, output_tokens_per_request_about, cached_share_quarter,
          tokens_share_of_mix DESC, hardware
      """;

  static final Report REPORT =
      reasons(
              Report.of(
                  "hardware",
                  "Which hardware serves the same model and mix of requests best, at the highest"
                      + " load that keeps its SLO?",
                  ROWS,
                  List.of(
                      ReportColumn.text("model", "model"),
                      ReportColumn.text("precision", "precision"),
                      ReportColumn.text("mix", "prompt/answer tokens"),
                      ReportColumn.text("hardware", "hardware"),
                      ReportColumn.of("tokens_share_of_mix", "of tokens", Unit.PERCENT),
                      ReportColumn.text("verdict", "verdict"),
                      ReportColumn.of("slo_attainment", "SLO kept", Unit.PERCENT)
                          .because("null_reason"),
                      ReportColumn.text("slo_basis", "by"),
                      ReportColumn.of("hours", "evidence", Unit.HOURS),
                      number("running_per_engine_from", "running/engine", Unit.NUMBER),
                      number("output_tokens_per_joule", "per energy", Unit.TOKENS_PER_JOULE),
                      number("output_tokens_per_s_per_gpu", "output per board", Unit.TOKENS_PER_S),
                      ReportColumn.of("usd_per_mtok_output", "cost of output", Unit.USD_PER_MTOK)
                          .because("usd_null_reason"),
                      ReportColumn.of("example_prices", "example", Unit.YES_NO),
                      number("replicas_needed", "replicas", Unit.COUNT),
                      number("gpus_needed", "boards", Unit.COUNT),
                      ReportColumn.text("memory_fit", "fits memory"),
                      ReportColumn.text("baseline_hardware", "against"),
                      usd("usd_saving_share", "saves"),
                      usd("usd_saving_share_low", "at least"),
                      usd("usd_saving_share_high", "at most"))))
          .with(new Parameter("min_hours", "UInt32", "20", "hours of evidence that a load needs"))
          .with(new Parameter("min_requests", "UInt64", "1000", "requests that a load needs"))
          .remarking(
              "Rows are comparable within one model, precision and mix (each within a factor of 2)"
                  + " only. A dash in a saving is insufficient evidence, not a saving of 0.")
          .remarking(
              "at least, at most: 95 % interval of the ratio; blocks of one hour, neighbours allowed"
                  + " to correlate. replicas: for the mix's highest hour, plus one.");

  private static ReportColumn number(String name, String title, Unit unit) {
    return ReportColumn.of(name, title, unit).because("null_reason");
  }

  private static ReportColumn usd(String name, String title) {
    return ReportColumn.of(name, title, Unit.PERCENT).because("usd_saving_null_reason");
  }

  private static Report reasons(Report report) {
    return MoneyWords.explained(report)
        .explaining("no_slo", "no SLO holds for the model: load some with ./tokenwatt load FILE")
        .explaining(
            "no_latency", "neither request events nor engine histograms of the SLO's measure")
        .explaining("slo_not_met", "at the load with most tokens the SLO was not kept")
        .explaining("few_hours", "fewer hours at that load than min_hours")
        .explaining("few_requests", "fewer requests at that load than min_requests")
        .explaining("no_overlap", "no other hardware served this mix")
        .explaining("baseline", "it is what the others are compared with")
        .explaining("baseline_no_slo", "what it would be compared with has no SLO")
        .explaining("baseline_no_latency", "what it would be compared with has no latency")
        .explaining("baseline_slo_not_met", "what it would be compared with misses its SLO")
        .explaining("baseline_few_hours", "what it would be compared with has too few hours")
        .explaining("baseline_few_requests", "what it would be compared with has too few requests");
  }

  private Hardware() {}
}
