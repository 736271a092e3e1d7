package io.tokenwatt.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.clickhouse.client.api.query.GenericRecord;
import io.tokenwatt.model.CellMeasure;
import io.tokenwatt.storage.Store;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What must hold in any store, whatever is in it: between columns of each row, between groupings,
 * between tables of different windows. The identities are those of DESIGN.md section 5.
 */
record Identities(Store store, String database) {
  private static final List<String> SCOPES =
      List.of("", "_node", "_facility", "_node_modelled", "_facility_modelled");
  private static final List<String> SUMS =
      List.of(
          "output_tokens",
          "requests_finished",
          "gpu_joules",
          "node_joules",
          "node_joules_modelled",
          "facility_joules",
          "gpu_s",
          "gpu_busy_s",
          "usd_held");

  /** Checks each row of each view at three windows; how many ratios there were. */
  int everyRow() {
    int ratios = 0;
    for (String view : List.of("efficiency", "efficiency_cells")) {
      for (int windowS : new int[] {10, 60, 3600}) {
        Set<String> paired = view.equals("efficiency") ? paired(windowS) : Set.of();
        String sql = "SELECT * FROM %s.%s(window_s = %d)".formatted(database, view, windowS);
        for (GenericRecord row : store.rows(sql)) {
          String where = "%s(%d) %s".formatted(view, windowS, row.getValues());
          ratios += ratios(row, where);
          if (paired.contains(key(row))) {
            ratios += perWatt(row, where);
          }
          shares(row, where);
        }
      }
    }
    return ratios;
  }

  private static int ratios(GenericRecord row, String where) {
    int ratios = 0;
    for (String scope : SCOPES) {
      if (row.hasValue("joules_per_output_token" + scope)) {
        double perToken = row.getDouble("joules_per_output_token" + scope);
        assertThat(row.getDouble("output_tokens_per_joule" + scope) * perToken)
            .as("tok/J x J/tok%s in %s", scope, where)
            .isCloseTo(1, within(1e-9));
        assertThat(row.getDouble("kwh_per_mtok" + scope) * 3.6)
            .as("kWh/Mtok%s in %s", scope, where)
            .isCloseTo(perToken, within(1e-9 * perToken));
        ratios++;
      }
    }
    return ratios;
  }

  /** Tokens/s per W is tokens per joule where rates and ratio are of the same amounts. */
  private static int perWatt(GenericRecord row, String where) {
    if (!isOne(row, "coverage")
        || !isOne(row, "token_coverage")
        || !row.hasValue("output_tokens_per_joule")
        || !row.hasValue("watts")) {
      return 0;
    }
    double perWatt = row.getDouble("output_tokens_per_s") / row.getDouble("watts");
    assertThat(row.getDouble("output_tokens_per_joule"))
        .as("tok/s per W in %s", where)
        .isCloseTo(perWatt, within(1e-9 * perWatt));
    return 1;
  }

  private static String key(GenericRecord row) {
    return String.join(
            " ", row.getString("region"), row.getString("hardware"), row.getString("model"))
        + row.getZonedDateTime("time").toEpochSecond();
  }

  /**
   * Rows all of whose joules and tokens pair with each other, by the table: not those of a decode
   * server, whose tokens also took joules on other hardware.
   */
  private Set<String> paired(int windowS) {
    Set<String> keys = new HashSet<>();
    store
        .rows(
            "SELECT concat(region, ' ', hardware, ' ', model, toString(toUnixTimestamp("
                + "toStartOfInterval(window_start, toIntervalSecond(%d))))) AS k FROM %s.efficiency_10s FINAL GROUP BY k"
                    .formatted(windowS, database)
                + " HAVING sum(gpu_mj) = sum(gpu_mj_metered) AND sum(output_tokens) = sum(output_tokens_metered)")
        .forEach(row -> keys.add(row.getString("k")));
    return keys;
  }

  private static boolean isOne(GenericRecord row, String column) {
    return row.hasValue(column) && row.getDouble(column) == 1;
  }

  private static void shares(GenericRecord row, String where) {
    for (String share : List.of("coverage", "token_coverage", "doubted_share", "busy_share")) {
      if (row.hasValue(share)) {
        assertThat(row.getDouble(share)).as("%s in %s", share, where).isBetween(0.0, 1.0);
      }
    }
    double states = 0;
    for (String state : List.of("busy", "loaded_idle", "unallocated", "unknown")) {
      states += row.getDouble("gpu_" + state + "_s");
    }
    assertThat(states).as("states in %s", where).isCloseTo(row.getDouble("gpu_s"), within(1e-6));
  }

  /** Groups add up to the total, whichever way and over whichever window they are grouped. */
  void groupsAddUp() {
    for (String column : SUMS) {
      double total = total("efficiency_cells(window_s = 10)", column);
      for (String other :
          List.of(
              "efficiency(window_s = 10)",
              "efficiency(window_s = 60)",
              "efficiency_cells(window_s = 3600)")) {
        assertThat(total(other, column))
            .as("%s of %s", column, other)
            .isCloseTo(total, within(1e-9 * Math.abs(total)));
      }
    }
  }

  private double total(String view, String column) {
    String sql = "SELECT toString(sum(%s)) AS s FROM %s.%s".formatted(column, database, view);
    String sum = store.rows(sql).get(0).getString("s");
    return sum == null ? 0 : Double.parseDouble(sum);
  }

  /** Each measure of each cell is the same over 10 s, minutes and hours, to the unit. */
  void windowsAddUp() {
    Map<String, String> fine = sums("efficiency_10s");
    for (String table : List.of("efficiency_1m", "efficiency_1h")) {
      for (String command : List.of("WAIT", "REFRESH", "WAIT")) {
        store.command("SYSTEM %s VIEW %s.%s_refresh".formatted(command, database, table));
      }
      assertThat(sums(table)).as(table).isEqualTo(fine);
    }
    assertThat(fine).isNotEmpty();
  }

  private Map<String, String> sums(String table) {
    String measures =
        Arrays.stream(CellMeasure.values())
            .map(m -> "toString(sum(%s))".formatted(m.column()))
            .collect(Collectors.joining(", "));
    Map<String, String> sums = new TreeMap<>();
    store
        .rows(
            "SELECT toString(cell_id) AS k, arrayStringConcat([%s], ' ') AS v FROM %s.%s FINAL GROUP BY k"
                .formatted(measures, database, table))
        .forEach(row -> sums.put(row.getString("k"), row.getString("v")));
    return sums;
  }
}
