package io.tokenwatt.storage.schema;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One SQL resource of folder db/migration with its placeholders filled in.
 *
 * <p>{@code V…} scripts are history: applied once, never edited afterwards. {@code R…} scripts
 * state what should be (views, rollups, retention): applied again whenever their text changes. Both
 * consist of statements that may be run again, also by two processes at once.
 *
 * @param checksum SHA-256 of the text, its first 16 hex digits
 */
record Script(String name, String text, String checksum) {
  private static final String FOLDER = "/db/migration/";
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(\\w+)}");

  /** All scripts of this version, in the order in which they are applied. */
  static List<Script> all(Map<String, String> values) {
    List<Script> all = new ArrayList<>();
    Collections.addAll(
        all,
        plain("V1__facts.sql", values),
        plain("V2__dimensions.sql", values),
        plain("V3__rollup_tables.sql", values),
        plain("V4__attribution.sql", values),
        plain("V5__tokens_and_power_scopes.sql", values),
        plain("V6__money.sql", values),
        plain("V7__requests.sql", values),
        plain("V8__reports.sql", values),
        plain("V9__rollups_of_all_facts.sql", values),
        plain("V10__regressions.sql", values),
        plain("V11__events.sql", values),
        plain("V12__alert_delivery.sql", values),
        plain("V13__cost_budgets.sql", values),
        plain("V14__judged_windows.sql", values),
        plain("V16__alert_endings.sql", values),
        plain("V19__regression_dollars_at_least.sql", values),
        plain("R1__retention.sql", values),
        plain("R41__price_rates.sql", values));
    Rollup.ALL.forEach(
        rollup -> all.add(made("R2__rollups.sql", rollup.coarse(), rollup.values(values), values)));
    EfficiencyView.ALL.forEach(
        view -> all.add(made("R3__efficiency_view.sql", view.name(), view.values(), values)));
    all.addAll(requests(values));
    Collections.addAll(
        all,
        plain("R30__token_reconciliation.sql", values),
        plain("R61__cells_between.sql", values),
        plain("R40__observed_hours.sql", values),
        plain("R42__cost_lines.sql", values),
        plain("R43__cost_entries.sql", values),
        plain("R44__cost_audit.sql", values),
        plain("R45__invoice_check.sql", values),
        plain("R46__price_benchmark.sql", values),
        plain("R47__chargeback.sql", values),
        plain("R62__idle_waste.sql", values),
        plain("R63__power_headroom.sql", values));
    Between.ALL.forEach(
        each -> all.add(made("R64__between.sql", each.view(), each.values(), values)));
    Collections.addAll(
        all,
        plain("R65__hardware_comparison.sql", values),
        plain("R66__region_topology.sql", values),
        plain("R70__regressions_open.sql", values),
        plain("R73__deployments_by_time.sql", values),
        plain("R74__alert_outbox.sql", values),
        cells(values));
    stepped(all, values);
    return List.copyOf(all);
  }

  /** The view of all cells takes no choices of its own. */
  private static Script cells(Map<String, String> values) {
    Map<String, String> all = new HashMap<>(values);
    all.put("and_rows", "");
    return plain("R75__cells_stepped.sql", all);
  }

  private static List<Script> requests(Map<String, String> values) {
    List<Script> all = new ArrayList<>();
    for (RequestView view : RequestView.ALL) {
      all.add(made("R50__requests_view.sql", view.name(), view.values(), values));
    }
    all.add(slos(SloView.windows(values.get("database")), values));
    all.add(plain("R52__goodput.sql", values));
    return all;
  }

  /** Views for pictures. */
  private static void stepped(List<Script> all, Map<String, String> values) {
    for (String file :
        List.of(
            "R76__efficiency_stepped.sql", "R77__cost_stepped.sql", "R78__latency_stepped.sql")) {
      all.add(made(file, "by any dimensions", Stepped.values(), values));
    }
    for (String file : List.of("R85__request_cells_stepped.sql", "R86__requests_stepped.sql")) {
      all.add(made(file, "by any dimensions", Stepped.requests(), values));
    }
    all.add(made("R87__boards_stepped.sql", "by board", Stepped.boards(), values));
    all.add(slos(SloView.stepped(values.get("database")), values));
  }

  private static Script slos(SloView view, Map<String, String> values) {
    return made("R51__slo_attainment.sql", view.name(), view.values(), values);
  }

  boolean repeatable() {
    return name.startsWith("R");
  }

  List<String> statements() {
    return SqlStatements.split(text);
  }

  private static Script plain(String file, Map<String, String> values) {
    return of(file, fill(file, read(file), values));
  }

  /** One text that makes several things: {@code own} says what differs. */
  private static Script made(
      String file, String what, Map<String, String> own, Map<String, String> values) {
    Map<String, String> all = new HashMap<>(values);
    all.putAll(own);
    return of(file + " " + what, fill(file, read(file), all));
  }

  private static Script of(String name, String text) {
    return new Script(name, text, checksum(text));
  }

  /** The text of one file, filled in. */
  static String filled(String file, Map<String, String> values) {
    return fill(file, read(file), values);
  }

  private static String read(String file) {
    try (InputStream in = Script.class.getResourceAsStream(FOLDER + file)) {
      if (in == null) {
        throw new IllegalStateException("resource " + FOLDER + file + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read resource " + FOLDER + file, e);
    }
  }

  private static String fill(String file, String text, Map<String, String> values) {
    return PLACEHOLDER
        .matcher(text)
        .replaceAll(
            match -> {
              String value = values.get(match.group(1));
              if (value == null) {
                throw new IllegalStateException(file + " uses unknown ${" + match.group(1) + "}");
              }
              return Matcher.quoteReplacement(value);
            });
  }

  private static String checksum(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is part of every JDK", e);
    }
  }
}
