package io.tokenwatt.storage.load;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What entries say wrong together. Pure. */
final class BookChecks {
  private BookChecks() {}

  /**
   * @param rows of all files at hand
   * @param known currencies whose rates the store has, and from when
   */
  static List<String> problems(Collection<LoadedRow> rows, Map<String, Instant> known) {
    List<String> problems = new ArrayList<>();
    List<LoadedRow> live = rows.stream().filter(row -> !withdrawn(row)).toList();
    exchange(live, known, problems);
    zones(live, problems);
    commitments(live, problems);
    ends(live, problems);
    return problems;
  }

  private static boolean withdrawn(LoadedRow row) {
    return row.has("withdrawn") && row.get("withdrawn", Boolean.class);
  }

  private static List<LoadedRow> of(List<LoadedRow> rows, LoadedTable table) {
    return rows.stream().filter(row -> row.table() == table).toList();
  }

  private static void exchange(
      List<LoadedRow> rows, Map<String, Instant> known, List<String> problems) {
    Map<String, Instant> first = new HashMap<>(known);
    for (LoadedRow rate : of(rows, LoadedTable.FX_RATES)) {
      first.merge(
          rate.text("currency"), rate.time("effective_from"), (a, b) -> a.isBefore(b) ? a : b);
    }
    for (LoadedRow row : rows) {
      boolean converted = row.has("currency") && row.table() != LoadedTable.FX_RATES;
      if (!converted) {
        continue;
      }
      String currency = row.text("currency");
      Instant needed = since(row);
      Instant rated = first.get(currency);
      if (!currency.equals("USD") && (rated == null || rated.isAfter(needed))) {
        problems.add(
            "%s: %s has no exchange rate %s; load a file of currency,effective_from,usd_per_unit"
                .formatted(
                    row.place(), currency, rated == null ? "at all" : "from " + needed + " on"));
      }
    }
  }

  private static Instant since(LoadedRow row) {
    return row.time(row.has("starts") ? "starts" : "effective_from");
  }

  /** A zone that is also a region, or a zone of two regions, would price the wrong boards. */
  private static void zones(List<LoadedRow> rows, List<String> problems) {
    Map<String, String> zoneOf = new HashMap<>();
    Set<String> told = new HashSet<>();
    for (LoadedRow row : of(rows, LoadedTable.PRICES)) {
      String region = row.text("region");
      String parent = row.text("zone_of");
      String other = zoneOf.putIfAbsent(row.text("provider") + " " + region, parent);
      if (other != null && !other.equals(parent) && told.add(region)) {
        problems.add(
            "%s: %s is a zone of '%s' here and of '%s' elsewhere (empty = a region)"
                .formatted(row.place(), region, parent, other));
      }
    }
  }

  /** Whether a board falls under a contract of its region or one of all regions must be clear. */
  private static void commitments(List<LoadedRow> rows, List<String> problems) {
    List<LoadedRow> all = of(rows, LoadedTable.COMMITMENTS);
    for (LoadedRow wide : all) {
      for (LoadedRow narrow : all) {
        boolean same =
            wide.text("provider").equals(narrow.text("provider"))
                && wide.text("hardware").equals(narrow.text("hardware"))
                && wide.text("purchase_option").equals(narrow.text("purchase_option"));
        boolean overlap =
            wide.time("starts").isBefore(narrow.time("ends"))
                && narrow.time("starts").isBefore(wide.time("ends"));
        if (same && overlap && wide.text("region").isEmpty() && !narrow.text("region").isEmpty()) {
          problems.add(
              "%s: %s holds in all regions and overlaps %s of one region; which boards are whose?"
                  .formatted(narrow.place(), wide.text("commitment"), narrow.text("commitment")));
        }
      }
    }
  }

  /** A price that ends after its successor begins was probably meant to hold on. */
  private static void ends(List<LoadedRow> rows, List<String> problems) {
    Map<String, List<LoadedRow>> keys = new HashMap<>();
    for (LoadedRow row : of(rows, LoadedTable.PRICES)) {
      String key =
          String.join(
              " ",
              row.text("provider"),
              row.text("region"),
              row.text("hardware"),
              row.text("purchase_option"));
      keys.computeIfAbsent(key, k -> new ArrayList<>()).add(row);
    }
    for (List<LoadedRow> history : keys.values()) {
      history.sort(Comparator.comparing(row -> row.time("effective_from")));
      for (int i = 1; i < history.size(); i++) {
        Instant until = history.get(i - 1).time("effective_until");
        if (until != null && until.isAfter(history.get(i).time("effective_from"))) {
          problems.add(
              "%s: begins before the price of %s ends"
                  .formatted(history.get(i).place(), history.get(i - 1).place()));
        }
      }
    }
  }
}
