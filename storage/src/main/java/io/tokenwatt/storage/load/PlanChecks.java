package io.tokenwatt.storage.load;

import java.util.ArrayList;
import java.util.List;

/** What is wrong with an entry of what people plan by: power, SLOs, where requests may go. Pure. */
final class PlanChecks {
  private PlanChecks() {}

  static List<String> problems(LoadedRow row) {
    return switch (row.table()) {
      case SITES -> site(row);
      case POWER_BUDGETS -> budget(row);
      case SLOS -> slo(row);
      case COST_BUDGETS -> costBudget(row);
      default -> List.of();
    };
  }

  private static List<String> site(LoadedRow row) {
    Double pue = row.get("pue", Double.class);
    return pue != null && pue < 1
        ? List.of("pue is facility energy / IT energy, at least 1, not " + pue)
        : List.of();
  }

  private static List<String> budget(LoadedRow row) {
    List<String> wrong = new ArrayList<>();
    String scope = row.text("scope");
    boolean racks = !row.get("racks", List.class).isEmpty();
    switch (scope) {
      case "feed" -> {
        if (!racks) {
          wrong.add("a feed needs its racks, separated by spaces");
        }
      }
      case "rack", "site" -> {
        if (racks) {
          wrong.add("racks belong to scope feed");
        }
      }
      default -> wrong.add("scope is rack, feed or site, not " + scope);
    }
    if (scope.equals("site") && !row.text("name").equals(row.text("site"))) {
      wrong.add("name of scope site is the site");
    }
    return wrong;
  }

  private static List<String> costBudget(LoadedRow row) {
    String basis = row.text("basis");
    return List.of("all_in", "active").contains(basis)
        ? List.of()
        : List.of("basis is all_in or active, not " + basis);
  }

  private static List<String> slo(LoadedRow row) {
    List<String> wrong = new ArrayList<>();
    if (!List.of("ttft", "e2e", "tpot").contains(row.text("measure"))) {
      wrong.add("measure is ttft, e2e or tpot, not " + row.text("measure"));
    }
    if (!List.of("gateway", "client").contains(row.text("vantage"))) {
      wrong.add("vantage is gateway or client, not " + row.text("vantage"));
    }
    if (!row.text("comparison").equals("<=")) {
      wrong.add("comparison is <=");
    }
    double objective = row.get("objective", Double.class);
    if (objective <= 0 || objective >= 1) {
      wrong.add("objective is a share between 0 and 1, such as 0.99, not " + objective);
    }
    return wrong;
  }
}
