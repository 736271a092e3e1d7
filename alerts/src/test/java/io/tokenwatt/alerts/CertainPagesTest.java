package io.tokenwatt.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.storage.Store;
import io.tokenwatt.storage.StoreConfig;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Over random regressions: nobody is woken by what may be nothing, and no cause is both a page and
 * a ticket, or neither. {@code -Dseed=…} repeats a run.
 */
class CertainPagesTest {
  private static final int CAUSES = 300;
  private static final double PAGE_USD = 100;

  private final long seed = Long.getLong("seed", System.nanoTime());
  private final Random random = new Random(seed);

  /** One entry; low is in dollars a day, sizeLow a share. */
  private record Row(String cause, boolean open, double sizeLow, Double usd, Double low) {
    boolean certain() {
      return open && sizeLow > 0;
    }

    String values(int i) {
      return "('r%d', now(), now() - 30, %s, 'eu', 'H100', 'm%d', 'chat', 'itl_engine_s', 0.3, %f, 0.9, %s, %s, '%s', 1)"
          .formatted(i, open ? "NULL" : "now() - 5", i, sizeLow, usd, low, cause);
    }
  }

  @Test
  void whatPagesIsCertainToBeWorseAndToCostAsMuch() {
    System.out.println("seed " + seed);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 2 * CAUSES; i++) {
      rows.add(row("power_cap node-" + random.nextInt(CAUSES)));
    }
    StoreConfig database = AlertsDatabase.config();
    try (Store store = new Store(database);
        Evaluator evaluator = new Evaluator(database)) {
      store.command("TRUNCATE TABLE tokenwatt.regressions");
      store.command(
          """
          INSERT INTO tokenwatt.regressions (regression, opened, started, closed, region, hardware,
              model, workload, measure, size, size_low, size_high, usd_per_day, usd_per_day_low,
              cause, version) VALUES """
              + rows.stream()
                  .map(row -> row.values(rows.indexOf(row)))
                  .collect(Collectors.joining(",")));
      Evaluation said = evaluator.evaluate(rules(), Instant.now().plusSeconds(2));
      store.command("TRUNCATE TABLE tokenwatt.regressions");
      assertThat(said.failures()).isEmpty();
      Map<String, Finding> pages = byCause(said, Severity.PAGE);
      Map<String, Finding> tickets = byCause(said, Severity.TICKET);
      Map<String, List<Row>> causes =
          rows.stream()
              .collect(Collectors.groupingBy(Row::cause, TreeMap::new, Collectors.toList()));
      causes.forEach((cause, of) -> check(cause, of, pages.get(cause), tickets.get(cause)));
      assertThat(pages).as("seed %d", seed).isNotEmpty();
      assertThat(tickets).as("seed %d", seed).isNotEmpty();
    }
  }

  private Row row(String cause) {
    double sizeLow = 0.6 * random.nextDouble() - 0.3;
    Double usd = random.nextInt(6) == 0 ? null : 400 * random.nextDouble();
    Double low = usd == null ? null : usd * (1.5 * random.nextDouble() - 0.6);
    return new Row(cause, random.nextInt(5) > 0, sizeLow, usd, low);
  }

  private void check(String cause, List<Row> rows, Finding page, Finding ticket) {
    String which = "%s, seed %d: %s".formatted(cause, seed, rows);
    double least =
        rows.stream()
            .filter(row -> row.certain() && row.low() != null)
            .mapToDouble(row -> Math.max(0, row.low()))
            .sum();
    boolean open = rows.stream().anyMatch(Row::open);
    assertThat(page != null).as("page of %s", which).isEqualTo(least > PAGE_USD);
    assertThat(ticket != null).as("ticket of %s", which).isEqualTo(open && least <= PAGE_USD);
    if (page != null) {
      assertThat(page.value())
          .as(which)
          .isEqualTo(least, org.assertj.core.data.Offset.offset(1e-3));
      String interval = page.details().get("percent_interval");
      double low = Double.parseDouble(interval.substring(0, interval.indexOf(" to ")));
      assertThat(low).as("%s of %s", interval, which).isNotNegative();
      assertThat(rows.stream().filter(Row::certain).map(r -> percent(r.sizeLow())))
          .as(which)
          .contains(percent(low / 100));
    }
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f", 100 * share);
  }

  private static Map<String, Finding> byCause(Evaluation said, Severity severity) {
    return said.findings().stream()
        .filter(finding -> finding.rule().severity() == severity)
        .collect(Collectors.toMap(finding -> finding.labels().get("cause"), finding -> finding));
  }

  private static List<Rule> rules() {
    return RuleFiles.shipped().stream()
        .filter(rule -> rule.name().startsWith("efficiency-regression"))
        .toList();
  }
}
