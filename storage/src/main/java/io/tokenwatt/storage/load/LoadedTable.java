package io.tokenwatt.storage.load;

import static io.tokenwatt.storage.load.Field.key;
import static io.tokenwatt.storage.load.Field.optional;
import static io.tokenwatt.storage.load.Field.required;
import static io.tokenwatt.storage.load.FieldType.AMOUNT;
import static io.tokenwatt.storage.load.FieldType.AMOUNT_OR_NONE;
import static io.tokenwatt.storage.load.FieldType.CURRENCY;
import static io.tokenwatt.storage.load.FieldType.FLAG;
import static io.tokenwatt.storage.load.FieldType.HOUR;
import static io.tokenwatt.storage.load.FieldType.HOUR_OR_NONE;
import static io.tokenwatt.storage.load.FieldType.MONTHS_OR_NONE;
import static io.tokenwatt.storage.load.FieldType.NAME;
import static io.tokenwatt.storage.load.FieldType.NAMES;
import static io.tokenwatt.storage.load.FieldType.RATE;
import static io.tokenwatt.storage.load.FieldType.REAL;
import static io.tokenwatt.storage.load.FieldType.REAL_OR_NONE;
import static io.tokenwatt.storage.load.FieldType.SIGNED_AMOUNT;
import static io.tokenwatt.storage.load.FieldType.TEXT;
import static io.tokenwatt.storage.load.FieldType.WHOLE;
import static io.tokenwatt.storage.load.FieldType.WHOLE_OR_NONE;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The tables that people fill, and how their files are told apart: by a column of the header. */
public enum LoadedTable {
  PRICES(
      "prices",
      Set.of("per_gpu_hour", "usd_per_gpu_hour", "capex_per_gpu"),
      key("provider", NAME),
      key("region", NAME, ""),
      key("hardware", NAME),
      key("purchase_option", NAME),
      key("effective_from", HOUR),
      optional("zone_of", NAME, ""),
      optional("effective_until", HOUR_OR_NONE, ""),
      required("per_gpu_hour", AMOUNT),
      optional("currency", CURRENCY, "USD"),
      optional("energy_billing", NAME, "inclusive"),
      optional("per_kwh", AMOUNT_OR_NONE, ""),
      optional("per_kw_month", AMOUNT_OR_NONE, ""),
      optional("kw_per_gpu", AMOUNT_OR_NONE, ""),
      optional("capex_per_gpu", AMOUNT_OR_NONE, ""),
      optional("amortise_months", MONTHS_OR_NONE, ""),
      optional("opex_per_gpu_month", AMOUNT_OR_NONE, ""),
      optional("withdrawn", FLAG, "false"),
      optional("example", FLAG, "false"),
      optional("note", TEXT, "")),
  FX_RATES(
      "fx_rates",
      Set.of("usd_per_unit"),
      key("currency", CURRENCY),
      key("effective_from", HOUR),
      required("usd_per_unit", RATE),
      optional("example", FLAG, "false"),
      optional("note", TEXT, "")),
  COMMITMENTS(
      "commitments",
      Set.of("commitment"),
      key("commitment", TEXT),
      required("provider", NAME),
      optional("region", NAME, ""),
      required("hardware", NAME),
      required("purchase_option", NAME),
      required("boards", WHOLE),
      required("per_gpu_hour", AMOUNT),
      optional("currency", CURRENCY, "USD"),
      required("starts", HOUR),
      required("ends", HOUR),
      optional("withdrawn", FLAG, "false"),
      optional("example", FLAG, "false"),
      optional("note", TEXT, "")),
  API_SPEND(
      "api_spend",
      Set.of("spend"),
      key("spend", TEXT),
      required("provider", NAME),
      required("model", NAME),
      optional("owner", NAME, ""),
      optional("region", NAME, ""),
      required("starts", HOUR),
      required("ends", HOUR),
      optional("prompt_tokens", WHOLE_OR_NONE, ""),
      optional("prompt_tokens_cached", WHOLE_OR_NONE, ""),
      optional("output_tokens", WHOLE_OR_NONE, ""),
      required("amount", SIGNED_AMOUNT),
      optional("currency", CURRENCY, "USD"),
      optional("withdrawn", FLAG, "false"),
      optional("example", FLAG, "false"),
      optional("note", TEXT, "")),
  INVOICES(
      "invoices",
      Set.of("invoice"),
      key("invoice", TEXT),
      required("provider", NAME),
      required("starts", HOUR),
      required("ends", HOUR),
      required("amount", SIGNED_AMOUNT),
      optional("currency", CURRENCY, "USD"),
      optional("withdrawn", FLAG, "false"),
      optional("example", FLAG, "false"),
      optional("note", TEXT, "")),
  API_TARIFFS(
      "api_tariffs",
      Set.of("per_mtok_output"),
      key("provider", NAME),
      key("model", NAME),
      key("effective_from", HOUR),
      optional("offer", TEXT, ""),
      required("per_mtok_prompt", AMOUNT),
      required("per_mtok_cached", AMOUNT),
      required("per_mtok_output", AMOUNT),
      optional("currency", CURRENCY, "USD"),
      optional("withdrawn", FLAG, "false"),
      optional("example", FLAG, "false"),
      optional("note", TEXT, "")),
  SITES(
      "sites",
      Set.of("pue", "jurisdiction"),
      key("site", NAME),
      key("effective_from", HOUR),
      required("region", NAME),
      optional("provider", NAME, ""),
      optional("jurisdiction", NAME, ""),
      optional("pue", REAL_OR_NONE, ""),
      optional("usd_per_kwh", AMOUNT_OR_NONE, ""),
      optional("power_limit_kw", REAL_OR_NONE, "")),
  POWER_BUDGETS(
      "power_budgets",
      Set.of("limit_kw"),
      key("scope", NAME),
      key("site", NAME),
      key("name", NAME),
      key("effective_from", HOUR),
      optional("limit_kw", REAL_OR_NONE, ""),
      optional("racks", NAMES, ""),
      optional("nodes", WHOLE, "0"),
      optional("note", TEXT, "")),
  RTT(
      "rtt",
      Set.of("rtt_ms"),
      key("client_region", NAME),
      key("region", NAME),
      required("rtt_ms", REAL),
      optional("source", TEXT, "")),
  JURISDICTION_POLICY(
      "jurisdiction_policy",
      Set.of("jurisdictions"),
      key("service_class", NAME, ""),
      key("client_region", NAME, ""),
      required("jurisdictions", NAMES),
      optional("note", TEXT, "")),
  SLOS(
      "slos",
      Set.of("slo"),
      key("slo", TEXT),
      key("effective_from", HOUR),
      optional("model", NAME, ""),
      optional("service_class", NAME, ""),
      required("measure", NAME),
      optional("vantage", NAME, "gateway"),
      optional("comparison", NAME, "<="),
      required("threshold", REAL),
      required("objective", REAL),
      optional("owner", NAME, ""),
      optional("note", TEXT, "")),
  COST_BUDGETS(
      "cost_budgets",
      Set.of("budget"),
      key("budget", TEXT),
      key("effective_from", HOUR),
      optional("region", NAME, ""),
      optional("hardware", NAME, ""),
      optional("model", NAME, ""),
      optional("workload", NAME, ""),
      optional("owner", NAME, ""),
      optional("basis", NAME, "all_in"),
      required("usd_per_mtok_output", AMOUNT),
      optional("min_output_tokens", WHOLE, "1000000"),
      optional("note", TEXT, "")),
  MODELS(
      "models",
      Set.of("alias"),
      key("alias", TEXT),
      required("model", NAME),
      optional("precision", NAME, ""),
      optional("parameters_b", REAL_OR_NONE, ""),
      optional("active_parameters_b", REAL_OR_NONE, "")),
  HARDWARE(
      "hardware",
      Set.of("memory_mib"),
      key("hardware", NAME),
      optional("vendor", NAME, ""),
      optional("architecture", NAME, ""),
      optional("memory_mib", WHOLE_OR_NONE, ""),
      optional("peak_memory_gbps", REAL_OR_NONE, ""),
      optional("board_power_w", REAL_OR_NONE, ""),
      optional("source", TEXT, ""));

  private final String table;
  private final Set<String> marks;
  private final List<Field> fields;

  LoadedTable(String table, Set<String> marks, Field... fields) {
    this.table = table;
    this.marks = marks;
    this.fields = List.of(fields);
  }

  /** Name of the table in ClickHouse. */
  public String table() {
    return table;
  }

  /** The columns that are loaded, in their order in a {@link LoadedRow}. */
  public List<Field> fields() {
    return fields;
  }

  /** The table whose file has this header; the more telling columns win over the common ones. */
  static Optional<LoadedTable> of(List<String> header) {
    return Arrays.stream(
            new LoadedTable[] {
              COMMITMENTS,
              API_SPEND,
              INVOICES,
              API_TARIFFS,
              FX_RATES,
              PRICES,
              SITES,
              POWER_BUDGETS,
              RTT,
              JURISDICTION_POLICY,
              SLOS,
              COST_BUDGETS,
              MODELS,
              HARDWARE
            })
        .filter(table -> header.stream().anyMatch(table.marks::contains))
        .findFirst();
  }

  /** One line per table for a person who wonders what a header must look like. */
  static String headers() {
    return Arrays.stream(values())
        .map(
            t ->
                "  %-19s %s"
                    .formatted(
                        t.table,
                        t.fields.stream()
                            .map(f -> f.missing() == null ? f.name() : "[" + f.name() + "]")
                            .collect(Collectors.joining(","))))
        .collect(Collectors.joining("\n"));
  }
}
