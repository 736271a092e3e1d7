package io.tokenwatt.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.clickhouse.client.api.query.GenericRecord;
import io.tokenwatt.model.fact.ChangeEvent;
import io.tokenwatt.model.fact.ChangeEvent.Kind;
import io.tokenwatt.model.fact.ChangeEvent.Origin;
import io.tokenwatt.model.fact.ChangeEvent.Scope;
import io.tokenwatt.model.fact.ChangeEvent.Setup;
import io.tokenwatt.storage.report.ReportMain;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventRowsTest {
  private static final long T0 = 1_800_000_000_123L;

  private static TestDatabase database;
  private static FactWriter writer;

  @BeforeAll
  static void open() {
    database = TestDatabase.withTables();
    writer = new FactWriter(database.config());
  }

  @AfterAll
  static void close() {
    writer.close();
    database.close();
  }

  @BeforeEach
  void empty() {
    database.truncate("events");
  }

  @Test
  void everyValueComesBackFromTheColumnOfItsName() {
    ChangeEvent event =
        new ChangeEvent(
            "id",
            T0,
            Kind.POWER_LIMIT,
            Origin.DETECTED,
            new Scope("eu", "c1", "n1", "H100-SXM", "llama", "chat", "chat@1"),
            new Setup("vllm", "0.9", "570.1", 8, 2, 300, 256L, "eagle", 450_500L, "abcd"),
            "700 W -> 450.5 W",
            "https://ci/1",
            "jane",
            "heat",
            "r-1",
            Map.of("to", "450.5", "from", "700"),
            7);
    writer.writeEvents(List.of(event, event));

    GenericRecord row =
        database
            .store()
            .rows(
                "SELECT *, toUnixTimestamp64Milli(time) AS ms, toJSONString(attributes) AS more FROM "
                    + database.table("events FINAL"))
            .get(0);
    assertThat(database.number("SELECT count() FROM " + database.table("events FINAL")))
        .isEqualTo(1);
    assertThat(row.getLong("ms")).isEqualTo(T0);
    Map<String, String> texts =
        Map.ofEntries(
            Map.entry("event_id", "id"),
            Map.entry("kind", "power_limit"),
            Map.entry("origin", "detected"),
            Map.entry("region", "eu"),
            Map.entry("cluster", "c1"),
            Map.entry("node", "n1"),
            Map.entry("hardware", "H100-SXM"),
            Map.entry("model", "llama"),
            Map.entry("workload", "chat"),
            Map.entry("deployment", "chat@1"),
            Map.entry("engine", "vllm"),
            Map.entry("engine_version", "0.9"),
            Map.entry("driver", "570.1"),
            Map.entry("tensor_parallel", "8"),
            Map.entry("pipeline_parallel", "2"),
            Map.entry("data_parallel", "300"),
            Map.entry("max_batch", "256"),
            Map.entry("speculative_decoding", "eagle"),
            Map.entry("power_limit_w", "450.5"),
            Map.entry("config_hash", "abcd"),
            Map.entry("title", "700 W -> 450.5 W"),
            Map.entry("link", "https://ci/1"),
            Map.entry("actor", "jane"),
            Map.entry("why", "heat"),
            Map.entry("regression", "r-1"),
            Map.entry("more", "{\"from\":\"700\",\"to\":\"450.5\"}"),
            Map.entry("version", "7"));
    texts.forEach((column, value) -> assertThat(row.getString(column)).isEqualTo(value));
  }

  @Test
  void whatIsUnknownIsNull() {
    writer.writeEvents(List.of(rollout("a", "n1", 0)));
    GenericRecord row = database.store().rows("SELECT * FROM " + database.table("events")).get(0);
    for (String column :
        List.of("tensor_parallel", "data_parallel", "max_batch", "power_limit_w")) {
      assertThat(row.hasValue(column)).as(column).isFalse();
    }
  }

  @Test
  void aRolloutOverManyNodesIsOneRowAndARollbackIsAnother() {
    List<ChangeEvent> events = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      events.add(rollout("chat@a", "n" + i, i));
      events.add(rollout("chat@b", "n" + i, 3600 + i));
      events.add(rollout("chat@a", "n" + i, 7200 + i));
    }
    writer.writeEvents(events);
    writer.writeEvents(events); // once more, as after a restart

    List<String> rows =
        database
            .store()
            .rows(
                "SELECT concat(deployment, ' ', toString(nodes), ' ', toString(dateDiff('second', first_time, last_time)), ' ',"
                    + " ifNull(toString(dateDiff('second', first_time, until)), 'now')) AS line FROM "
                    + database.table("deployments_by_time")
                    + " ORDER BY first_time")
            .stream()
            .map(row -> row.getString("line"))
            .toList();
    assertThat(rows).containsExactly("chat@a 30 29 3600", "chat@b 30 29 3600", "chat@a 30 29 now");
  }

  /** In the order of their times the two changes would take turns, and each be listed twice. */
  @Test
  void twoChangesThatTwoNodesMakeWithinASecondAreTwoRows() {
    writer.writeEvents(
        List.of(
            limit("n1", 0, "700", "450"),
            limit("n1", 100, "450", "500"),
            limit("n2", 200, "700", "450"),
            limit("n2", 300, "450", "500")));
    List<String> rows =
        database
            .store()
            .rows(
                "SELECT concat(title, ' ', toString(nodes)) AS line FROM "
                    + database.table("deployments_by_time")
                    + " ORDER BY line")
            .stream()
            .map(row -> row.getString("line"))
            .toList();
    assertThat(rows).containsExactly("450 -> 500 2", "700 -> 450 2");
  }

  @Test
  void theReportShowsARolloutOnceAndNoFirstSightings() {
    List<ChangeEvent> events = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      events.add(rollout("chat@a", "n" + i, i));
    }
    events.add(rollout("chat@b", "n7", 600));
    writer.writeEvents(events);
    StringWriter out = new StringWriter();
    Clock clock = Clock.fixed(Instant.ofEpochMilli(T0 + 7_200_000), ZoneOffset.UTC);
    int code =
        ReportMain.commandLine(clock)
            .setOut(new PrintWriter(out))
            .execute(
                "events",
                "--url",
                database.config().url(),
                "--database",
                database.config().database(),
                "--format",
                "csv",
                "--last",
                "12h",
                "--set",
                "workload=chat");
    assertThat(code).isZero();
    assertThat(out.toString().lines().skip(1))
        .containsExactly(
            "2027-01-15 08:00:00,2027-01-15 08:00:29,deployment,detected,eu,chat,chat@a,30,,chat: chat@a,,chat@an00",
            "2027-01-15 08:10:00,,deployment,detected,eu,chat,chat@b,1,n7,chat: chat@b,,chat@bn7600");
  }

  private static ChangeEvent limit(String node, long ms, String from, String to) {
    return new ChangeEvent(
        node + to,
        T0 + ms,
        Kind.POWER_LIMIT,
        Origin.DETECTED,
        new Scope("eu", "c1", node, "", "", "chat", ""),
        Setup.UNKNOWN,
        from + " -> " + to,
        "",
        "",
        "",
        "",
        Map.of("from", from, "to", to),
        1);
  }

  private static ChangeEvent rollout(String deployment, String node, long second) {
    return new ChangeEvent(
        deployment + node + second,
        T0 + 1000 * second,
        Kind.DEPLOYMENT,
        Origin.DETECTED,
        new Scope("eu", "c1", node, "", "", "chat", deployment),
        Setup.UNKNOWN,
        "chat: " + deployment,
        "",
        "",
        "",
        "",
        Map.of(),
        1);
  }
}
