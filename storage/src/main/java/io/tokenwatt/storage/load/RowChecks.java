package io.tokenwatt.storage.load;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What one entry can say wrong although each field is right by itself. Pure. */
final class RowChecks {
  private RowChecks() {}

  static List<String> problems(LoadedRow row) {
    return switch (row.table()) {
      case PRICES -> price(row);
      case FX_RATES -> fx(row);
      case COMMITMENTS -> commitment(row);
      case API_SPEND, INVOICES -> period(row);
      case API_TARIFFS -> tariff(row);
      default -> PlanChecks.problems(row);
    };
  }

  private static List<String> price(LoadedRow row) {
    List<String> wrong = new ArrayList<>();
    BigDecimal perKwh = row.get("per_kwh", BigDecimal.class);
    BigDecimal perKwMonth = row.get("per_kw_month", BigDecimal.class);
    BigDecimal kw = row.get("kw_per_gpu", BigDecimal.class);
    String billing = row.text("energy_billing");
    switch (billing) {
      case "inclusive", "metered", "committed_kw" -> {}
      default -> wrong.add("energy_billing is inclusive, metered or committed_kw, not " + billing);
    }
    if (billing.equals("metered") != (perKwh != null)) {
      wrong.add("per_kwh belongs to energy_billing metered, and metered needs it");
    }
    boolean committed = billing.equals("committed_kw");
    if (committed != (perKwMonth != null) || committed != (kw != null)) {
      wrong.add(
          "per_kw_month and kw_per_gpu belong to energy_billing committed_kw, which needs both");
    }
    Instant until = row.time("effective_until");
    if (until != null && !row.time("effective_from").isBefore(until)) {
      wrong.add("effective_until is not after effective_from");
    }
    if (!row.text("zone_of").isEmpty() && row.text("region").isEmpty()) {
      wrong.add("zone_of needs the zone in column region");
    }
    return wrong;
  }

  private static List<String> fx(LoadedRow row) {
    List<String> wrong = new ArrayList<>();
    if (row.text("currency").equals("USD")) {
      wrong.add("USD is what everything is added up in; it has no rate");
    }
    if (!LoadedCsv.positive(row.get("usd_per_unit", BigDecimal.class))) {
      wrong.add("usd_per_unit is above 0");
    }
    return wrong;
  }

  private static List<String> commitment(LoadedRow row) {
    List<String> wrong = period(row);
    if (row.get("boards", Long.class) < 1) {
      wrong.add("boards is at least 1");
    }
    return wrong;
  }

  private static List<String> period(LoadedRow row) {
    List<String> wrong = new ArrayList<>();
    if (!row.time("starts").isBefore(row.time("ends"))) {
      wrong.add("ends is not after starts");
    }
    return wrong;
  }

  private static List<String> tariff(LoadedRow row) {
    BigDecimal cached = row.get("per_mtok_cached", BigDecimal.class);
    BigDecimal prompt = row.get("per_mtok_prompt", BigDecimal.class);
    return cached.compareTo(prompt) > 0
        ? List.of("per_mtok_cached is above per_mtok_prompt; are they swapped?")
        : List.of();
  }
}
