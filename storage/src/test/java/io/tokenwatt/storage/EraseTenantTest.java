package io.tokenwatt.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenwatt.model.RequestMeasure;
import io.tokenwatt.model.RequestSketch;
import io.tokenwatt.model.fact.RequestRow;
import io.tokenwatt.model.fact.SketchColumns;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class EraseTenantTest {
  private static final long WINDOW = RandomRows.window(System.currentTimeMillis(), 400);

  /** HMAC-SHA256 under "key" of "acme", by openssl dgst: its first 16 bytes. */
  private static final String ACME = "2a0c2d9f96b5b1a7675b436bb43ee0c0";

  private static TestDatabase database;

  @BeforeAll
  static void open() {
    database = TestDatabase.withTables();
  }

  @AfterAll
  static void close() {
    database.close();
  }

  private static RequestRow row(String tenant, long windowMs) {
    long[] amounts = new long[RequestMeasure.values().length];
    amounts[0] = 1;
    SketchColumns none = new SketchColumns(new int[0], new long[0]);
    SketchColumns[] sketches =
        Stream.generate(() -> none)
            .limit(RequestSketch.values().length)
            .toArray(SketchColumns[]::new);
    return new RequestRow(
        windowMs, RandomRows.cell("eu", "H100", "m"), "c", tenant, "", "", amounts, sketches, 0, 1);
  }

  private static long left(String tenant) {
    return Stream.of("request_10s", "request_1m", "request_1h")
        .mapToLong(
            t ->
                database.number(
                    "SELECT count() FROM %s WHERE tenant = '%s'"
                        .formatted(database.table(t), tenant)))
        .sum();
  }

  private static void refresh() {
    for (String view : List.of("request_1m_refresh", "request_1h_refresh")) {
      database.store().command("SYSTEM WAIT VIEW " + database.table(view));
      database.store().command("SYSTEM REFRESH VIEW " + database.table(view));
      database.store().command("SYSTEM WAIT VIEW " + database.table(view));
    }
  }

  @Test
  void anErasedTenantIsGoneFromAllTablesAndItsRollupsDoNotComeBack() {
    try (FactWriter writer = new FactWriter(database.config())) {
      writer.writeRequests(
          List.of(row(ACME, WINDOW), row(ACME, WINDOW + 60_000), row("other", WINDOW)));
    }
    refresh();
    assertThat(left(ACME)).isEqualTo(5); // 2 windows, 2 minutes, 1 hour

    int status =
        EraseTenantMain.commandLine()
            .execute(
                "--url",
                database.config().url(),
                "--database",
                database.config().database(),
                "--key",
                "key",
                "acme");
    assertThat(status).isZero();
    assertThat(left(ACME)).isZero();
    refresh();
    assertThat(left(ACME)).isZero();
    assertThat(
            database.number(
                "SELECT count() FROM "
                    + database.table("request_1h")
                    + " FINAL WHERE tenant = 'other'"))
        .as("the other tenant's hour stays")
        .isEqualTo(1);
    String parts =
        database.text(
            "SELECT toString(count()) FROM system.mutations WHERE database = '%s' AND is_done = 0"
                .formatted(database.config().database()));
    assertThat(parts).isEqualTo("0");
  }

  @Test
  void nobodyIsNotATenant() {
    assertThatThrownBy(() -> new EraseTenant(database.store()).erase(""))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(EraseTenantMain.commandLine().execute("acme")).isEqualTo(2);
  }

  @Test
  void aNameWithQuotesErasesNothingElse() {
    try (FactWriter writer = new FactWriter(database.config())) {
      writer.writeRequests(List.of(row("x", WINDOW)));
    }
    assertThat(new EraseTenant(database.store()).erase("' OR '1'='1")).isZero();
    assertThat(new EraseTenant(database.store()).erase("\\")).isZero();
    assertThat(left("x")).isPositive();
  }
}
