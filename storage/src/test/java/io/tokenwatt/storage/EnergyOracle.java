package io.tokenwatt.storage;

import static io.tokenwatt.model.CellMeasure.FACILITY_MJ;
import static io.tokenwatt.model.CellMeasure.FACILITY_MJ_METERED;
import static io.tokenwatt.model.CellMeasure.FACILITY_MJ_MODELLED_METERED;
import static io.tokenwatt.model.CellMeasure.GPU_MJ;
import static io.tokenwatt.model.CellMeasure.GPU_MJ_DOUBTED;
import static io.tokenwatt.model.CellMeasure.GPU_MJ_METERED;
import static io.tokenwatt.model.CellMeasure.NODE_MJ_METERED;
import static io.tokenwatt.model.CellMeasure.NODE_MJ_MODELLED_METERED;
import static io.tokenwatt.model.CellMeasure.OUTPUT_TOKENS_FACILITY_METERED;
import static io.tokenwatt.model.CellMeasure.OUTPUT_TOKENS_FACILITY_MODELLED_METERED;
import static io.tokenwatt.model.CellMeasure.OUTPUT_TOKENS_METERED;
import static io.tokenwatt.model.CellMeasure.OUTPUT_TOKENS_NODE_METERED;
import static io.tokenwatt.model.CellMeasure.OUTPUT_TOKENS_NODE_MODELLED_METERED;
import static io.tokenwatt.model.CellMeasure.PROMPT_COMPUTED_OBSERVED_MS;
import static io.tokenwatt.model.CellMeasure.PROMPT_TOKENS_COMPUTED_METERED;
import static io.tokenwatt.model.CellMeasure.REQUESTS_FINISHED_METERED;
import static io.tokenwatt.model.CellMeasure.TOKENS_AT_FINISH_MS;
import static io.tokenwatt.model.CellMeasure.TOKENS_OBSERVED_MS;
import static io.tokenwatt.model.CellMeasure.TOKENS_PROMPT_ONLY_MS;
import static io.tokenwatt.storage.Sums.ratio;
import static io.tokenwatt.storage.Sums.sum;

import io.tokenwatt.model.CellMeasure;
import io.tokenwatt.model.fact.CellRow;
import io.tokenwatt.model.fact.LatencyRow;
import java.util.List;
import java.util.Map;

/**
 * Tokens per energy of {@link EfficiencyOracle}: in each scope, and why there is none. Reads like
 * the rules of the view's head, not like its SQL.
 */
final class EnergyOracle {
  private final List<CellRow> rows;
  private final long windowS;
  private final List<LatencyRow> latencies;

  EnergyOracle(List<CellRow> rows, long windowS, List<LatencyRow> latencies) {
    this.rows = rows;
    this.windowS = windowS;
    this.latencies = latencies;
  }

  void energy(Map<String, Object> out) {
    Double shortest = shortest();
    Double shortestForPrompts = shortestForPrompts(shortest);
    String joules = whyNoJoules();
    String outputs =
        sum(rows, TOKENS_PROMPT_ONLY_MS) > 0
            ? "prompt_only"
            : valid(shortest) ? "" : "window_too_short";
    String board = joules.isEmpty() ? outputs : joules;
    String node = whyNoMachine(outputs);
    String facility = whyNoFacility(node);
    out.put("smallest_window_s", shortest);
    out.put("smallest_prompt_window_s", shortestForPrompts);
    out.put("energy_null_reason", board);
    out.put("node_null_reason", node);
    out.put("facility_null_reason", facility);
    scope(out, "", board, OUTPUT_TOKENS_METERED, GPU_MJ_METERED);
    scope(out, "_node", node, OUTPUT_TOKENS_NODE_METERED, NODE_MJ_METERED);
    scope(out, "_facility", facility, OUTPUT_TOKENS_FACILITY_METERED, FACILITY_MJ_METERED);
    scope(
        out,
        "_node_modelled",
        board,
        OUTPUT_TOKENS_NODE_MODELLED_METERED,
        NODE_MJ_MODELLED_METERED);
    scope(
        out,
        "_facility_modelled",
        board,
        OUTPUT_TOKENS_FACILITY_MODELLED_METERED,
        FACILITY_MJ_MODELLED_METERED);
    boolean burst = sum(rows, TOKENS_AT_FINISH_MS) > 0 && !outputs.isEmpty();
    out.put(
        "joules_per_request",
        !joules.isEmpty() || burst
            ? null
            : ratio(sum(rows, GPU_MJ_METERED) / 1000, sum(rows, REQUESTS_FINISHED_METERED)));
    prompts(out, joules, shortestForPrompts);
    roles(out, outputs, shortestForPrompts);
    out.put("measured_share", ratio(sum(rows, CellMeasure.GPU_MJ_MEASURED), sum(rows, GPU_MJ)));
    out.put("doubted_share", ratio(sum(rows, GPU_MJ_DOUBTED), sum(rows, GPU_MJ)));
    out.put("facility_joules", known(FACILITY_MJ, CellMeasure.FACILITY_OBSERVED_MS));
    out.put(
        "node_joules_modelled", known(CellMeasure.NODE_MJ_MODELLED, CellMeasure.NODE_MODELLED_MS));
  }

  private Double known(CellMeasure mj, CellMeasure ms) {
    return sum(rows, ms) == 0 ? null : Double.valueOf(sum(rows, mj) / 1000);
  }

  private void scope(
      Map<String, Object> out, String name, String reason, CellMeasure tokens, CellMeasure mj) {
    boolean none = !reason.isEmpty();
    double joules = sum(rows, mj) / 1000;
    out.put("output_tokens_per_joule" + name, none ? null : ratio(sum(rows, tokens), joules));
    out.put("joules_per_output_token" + name, none ? null : ratio(joules, sum(rows, tokens)));
    out.put("kwh_per_mtok" + name, none ? null : ratio(joules / 3.6e6, sum(rows, tokens) / 1e6));
  }

  private void prompts(Map<String, Object> out, String joules, Double shortest) {
    String reason = joules;
    if (reason.isEmpty()
        && sum(rows, PROMPT_COMPUTED_OBSERVED_MS) < sum(rows, TOKENS_OBSERVED_MS)) {
      reason = "no_computed_prompt";
    }
    if (reason.isEmpty() && !valid(shortest)) {
      reason = "window_too_short";
    }
    double computed = sum(rows, PROMPT_TOKENS_COMPUTED_METERED);
    double spent = sum(rows, GPU_MJ_METERED) / 1000;
    boolean known = reason.isEmpty();
    boolean only = sum(rows, TOKENS_PROMPT_ONLY_MS) == sum(rows, TOKENS_OBSERVED_MS);
    out.put("prompt_null_reason", reason);
    out.put(
        "total_tokens_per_joule",
        known ? ratio(sum(rows, OUTPUT_TOKENS_METERED) + computed, spent) : null);
    out.put("joules_per_prompt_token", known && only ? ratio(spent, computed) : null);
  }

  private String whyNoJoules() {
    if (tooFine()) {
      return "source_period";
    }
    if (sum(rows, CellMeasure.OBSERVED_MS) == 0) {
      return "no_energy";
    }
    if (sum(rows, TOKENS_OBSERVED_MS) == 0) {
      return "no_tokens";
    }
    if (sum(rows, GPU_MJ_METERED) == 0) {
      return unmetered();
    }
    return sum(rows, GPU_MJ_DOUBTED) / sum(rows, GPU_MJ) > 0.05 ? "doubted_energy" : "";
  }

  private String unmetered() {
    if (sum(rows, CellMeasure.MEMBERS_MISSING_MS) > 0) {
      return "missing_members";
    }
    boolean prefill = sum(of("prefill"), CellMeasure.GPU_MJ_ROLE_METERED) > 0;
    return prefill && sum(rows, CellMeasure.OUTPUT_TOKENS) == 0 ? "prefill_only" : "unpaired";
  }

  private List<CellRow> of(String role) {
    return rows.stream().filter(row -> row.cell().role().equals(role)).toList();
  }

  private void roles(Map<String, Object> out, String outputs, Double shortestForPrompts) {
    List<CellRow> prefill = of("prefill");
    List<CellRow> decode = of("decode");
    boolean told = sum(prefill, PROMPT_COMPUTED_OBSERVED_MS) >= sum(prefill, TOKENS_OBSERVED_MS);
    out.put(
        "joules_per_computed_prompt_token_prefill",
        tooFine() || !told || !valid(shortestForPrompts)
            ? null
            : ratio(
                sum(prefill, CellMeasure.GPU_MJ_ROLE_METERED) / 1000,
                sum(prefill, CellMeasure.PROMPT_TOKENS_COMPUTED_ROLE_METERED)));
    out.put(
        "joules_per_output_token_decode",
        tooFine() || !outputs.isEmpty()
            ? null
            : ratio(
                sum(decode, CellMeasure.GPU_MJ_ROLE_METERED) / 1000,
                sum(decode, OUTPUT_TOKENS_METERED)));
  }

  private String whyNoMachine(String outputs) {
    if (tooFine()) {
      return "source_period";
    }
    if (sum(rows, CellMeasure.NODE_OBSERVED_MS) == 0) {
      return "no_meter";
    }
    if (sum(rows, TOKENS_OBSERVED_MS) == 0) {
      return "no_tokens";
    }
    return sum(rows, NODE_MJ_METERED) == 0 ? unmetered() : outputs;
  }

  private String whyNoFacility(String node) {
    if (!node.isEmpty()) {
      return node;
    }
    if (sum(rows, CellMeasure.FACILITY_OBSERVED_MS) == 0) {
      return "no_pue";
    }
    return sum(rows, FACILITY_MJ_METERED) == 0 ? "unpaired" : "";
  }

  private boolean tooFine() {
    return rows.stream().anyMatch(row -> row.sourcePeriodMs() > windowS * 1000);
  }

  private boolean valid(Double shortest) {
    return shortest != null && shortest <= windowS;
  }

  /** In steps of 10 s: ten mean requests, a refresh of the slowest source. Null = not known. */
  private Double shortest() {
    double seconds =
        Math.max(10, rows.stream().mapToLong(CellRow::sourcePeriodMs).max().orElse(0) / 1e3);
    if (sum(rows, TOKENS_AT_FINISH_MS) > 0) {
      Double mean =
          ratio(
              sum(rows, CellMeasure.AT_FINISH_E2E_US) / 1e6,
              sum(rows, CellMeasure.AT_FINISH_REQUESTS));
      if (mean == null) {
        return null;
      }
      seconds = Math.max(seconds, 10 * mean);
    }
    return tens(seconds);
  }

  private Double shortestForPrompts(Double shortest) {
    if (shortest == null) {
      return null;
    }
    for (String measure : List.of("prefill", "ttft", "e2e")) {
      List<Histogram> all =
          latencies.stream()
              .filter(row -> row.measure().equals(measure))
              .map(EfficiencyOracle::histogram)
              .toList();
      if (!all.isEmpty()) {
        Histogram sum = Histogram.merge(all);
        if (sum.observations() > 0 && !sum.saturated(0.95)) {
          return Math.max(shortest, tens(3 * sum.quantile(0.95)));
        }
      }
    }
    return Math.max(shortest, 300);
  }

  private static double tens(double seconds) {
    return Math.ceil(seconds / 10) * 10;
  }
}
