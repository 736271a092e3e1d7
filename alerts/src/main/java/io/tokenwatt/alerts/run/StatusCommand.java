package io.tokenwatt.alerts.run;

import com.clickhouse.client.api.query.GenericRecord;
import io.tokenwatt.alerts.notify.Json;
import io.tokenwatt.alerts.outbox.Lease;
import io.tokenwatt.storage.Connection;
import io.tokenwatt.storage.Store;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./tokenwatt alerts status}: what is open, what is still to be sent, and who sends. */
@Command(
    name = "status",
    description = "Shows open incidents, notifications still to be sent or refused, and who sends.",
    mixinStandardHelpOptions = true)
public final class StatusCommand implements Callable<Integer> {
  enum Format {
    TABLE,
    JSON
  }

  /** Rows of text, shown under a name. */
  private record Query(String name, List<String> columns, String sql) {}

  private static final List<Query> QUERIES =
      List.of(
          new Query(
              "incidents",
              List.of("phase", "severity", "rule", "since", "last_value", "of", "dedup_key"),
              """
              SELECT phase, severity, rule, toString(started) AS since,
                  toString(round(value, 4)) AS last_value,
                  arrayStringConcat(
                      arrayMap((k, v) -> concat(k, '=', v), mapKeys(labels), mapValues(labels)), ' ') AS of,
                  dedup_key
              FROM alert_incidents FINAL
              WHERE phase IN ('pending', 'firing', 'keep_firing')
              ORDER BY phase, started DESC LIMIT 1000"""),
          new Query(
              "outbox",
              List.of("receiver", "transition", "due", "tries", "answer", "dedup_key"),
              """
              SELECT receiver, transition, toString(since) AS due, toString(attempts) AS tries,
                  answer, dedup_key
              FROM alert_outbox ORDER BY since LIMIT 1000"""),
          new Query(
              "refused",
              List.of("receiver", "transition", "at", "answer", "dedup_key"),
              """
              SELECT receiver, transition, toString(attempted) AS at, answer, dedup_key
              FROM alert_deliveries FINAL
              WHERE state = 'refused' AND attempted > now() - INTERVAL 7 DAY
              ORDER BY attempted DESC LIMIT 100"""));

  @Spec private CommandSpec command;
  @Mixin private Connection connection;

  @Option(
      names = "--format",
      defaultValue = "table",
      description = "table or json (one object per line); default: ${DEFAULT-VALUE}")
  private Format format;

  @Override
  public Integer call() {
    PrintWriter out = command.commandLine().getOut();
    try (Store store = Store.readOnly(connection.config())) {
      QUERIES.forEach(query -> print(out, query, store.rows(query.sql)));
      String holder = Lease.holder(store).orElse("");
      switch (format) {
        case TABLE -> out.println(holder.isEmpty() ? "nobody sends." : holder + " sends.");
        case JSON -> out.println(Json.of(Map.of("holder", holder)));
      }
    }
    out.flush();
    return ExitCode.OK;
  }

  private void print(PrintWriter out, Query query, List<GenericRecord> rows) {
    if (format == Format.TABLE) {
      out.printf("%d %s%n", rows.size(), query.name);
    }
    for (GenericRecord row : rows) {
      Map<String, Object> fields = new LinkedHashMap<>();
      query.columns.forEach(column -> fields.put(column, row.getString(column)));
      switch (format) {
        case TABLE -> out.println("  " + line(fields));
        case JSON -> out.println(Json.of(Map.of(query.name, fields)));
      }
    }
  }

  private static String line(Map<String, Object> fields) {
    StringBuilder line = new StringBuilder();
    fields.values().forEach(value -> line.append("%-11s ".formatted(value)));
    return line.toString().stripTrailing();
  }
}
