package io.tokenwatt.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.clickhouse.client.api.query.GenericRecord;
import io.tokenwatt.model.Cell;
import io.tokenwatt.model.RequestMeasure;
import io.tokenwatt.model.RequestSketch;
import io.tokenwatt.model.fact.RequestRow;
import io.tokenwatt.model.fact.SketchColumns;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An engine at 1,000 tokens a second for ten minutes, and what the gateway told of it. */
class TokenReconciliationTest {
  private static final long FROM =
      RandomRows.window(System.currentTimeMillis(), 720) / 600_000 * 600_000;
  private static final KnownFleet.Node NODE = new KnownFleet.Node(8, 400, 6_000, 1_000);

  private TestDatabase database;

  @BeforeEach
  void create() {
    database = TestDatabase.withTables();
  }

  @AfterEach
  void drop() {
    database.close();
  }

  /** Ten requests end per window, each of {@code seconds}; one in so many tells no tokens. */
  private static List<RequestRow> events(
      Cell cell, long tokensPerWindow, long seconds, int untold) {
    List<RequestRow> rows = new ArrayList<>();
    for (int w = 0; w < 60; w++) {
      long[] amounts = new long[RequestMeasure.values().length];
      amounts[RequestMeasure.REQUESTS.ordinal()] = 10;
      amounts[RequestMeasure.REQUESTS_OK.ordinal()] = 10;
      amounts[RequestMeasure.REQUESTS_OUTPUT_KNOWN.ordinal()] = 10 - untold;
      amounts[RequestMeasure.OUTPUT_TOKENS.ordinal()] = tokensPerWindow;
      amounts[RequestMeasure.E2E_GATEWAY_US.ordinal()] = 10 * seconds * 1_000_000;
      SketchColumns[] sketches = new SketchColumns[RequestSketch.values().length];
      for (RequestSketch sketch : RequestSketch.values()) {
        boolean e2e = sketch == RequestSketch.E2E_GATEWAY;
        sketches[sketch.ordinal()] =
            new SketchColumns(
                e2e ? new int[] {700} : new int[0], e2e ? new long[] {10} : new long[0]);
      }
      rows.add(new RequestRow(FROM + w * 10_000L, cell, "", "", "", "", amounts, sketches, 0, 1));
    }
    return rows;
  }

  private GenericRecord row(KnownFleet fleet, List<RequestRow> events, int windowS) {
    try (FactWriter writer = new FactWriter(database.config())) {
      writer.writeCells(fleet.rows());
      writer.writeRequests(events);
    }
    List<GenericRecord> rows =
        database
            .store()
            .rows(
                "SELECT * FROM %s(window_s = %d)"
                    .formatted(database.table("token_reconciliation"), windowS));
    assertThat(rows).hasSize(600 / windowS);
    return rows.get(0);
  }

  private static KnownFleet engine() {
    return new KnownFleet("m").read(NODE, FROM, FROM + 600_000);
  }

  @Test
  void sidesThatTellTheSameMatch() {
    KnownFleet fleet = engine();
    GenericRecord row = row(fleet, events(fleet.cell(), 9_900, 6, 0), 600);
    assertThat(row.getDouble("output_tokens_engine")).isEqualTo(600_000);
    assertThat(row.getDouble("output_tokens_events")).isEqualTo(594_000);
    assertThat(row.getDouble("output_difference")).isCloseTo(-0.01, within(1e-12));
    assertThat(row.getDouble("tolerance")).isCloseTo(0.06, within(1e-12));
    assertThat(row.getString("null_reason")).isEmpty();
    assertThat(row.getString("engine_vs_gateway_mismatch")).isEqualTo("false");
  }

  @Test
  void oneTenthOfTheTrafficThatPassesByTheGatewayIsAMismatch() {
    KnownFleet fleet = engine();
    GenericRecord row = row(fleet, events(fleet.cell(), 9_000, 6, 0), 600);
    assertThat(row.getDouble("output_difference")).isCloseTo(-0.1, within(1e-12));
    assertThat(row.getString("engine_vs_gateway_mismatch")).isEqualTo("true");
  }

  @Test
  void longRequestsAreNotComparedOverShortWindows() {
    KnownFleet fleet = engine();
    GenericRecord row = row(fleet, events(fleet.cell(), 2_000, 45, 0), 60);
    assertThat(row.getDouble("smallest_window_s")).isEqualTo(450);
    assertThat(row.getString("null_reason")).isEqualTo("window_too_short");
    assertThat(row.hasValue("engine_vs_gateway_mismatch")).isFalse();
  }

  @Test
  void whatIsNotToldIsNoMismatch() {
    KnownFleet fleet = engine();
    assertThat(row(fleet, List.of(), 600).getString("null_reason")).isEqualTo("no_events");
    GenericRecord untold = row(fleet, events(fleet.cell(), 8_000, 6, 1), 600);
    assertThat(untold.getString("null_reason")).isEqualTo("events_without_tokens");
    assertThat(untold.hasValue("engine_vs_gateway_mismatch")).isFalse();
  }

  @Test
  void anEngineThatWasNotReadForAWhileIsNotCompared() {
    KnownFleet fleet =
        new KnownFleet("m")
            .read(NODE, FROM, FROM + 400_000)
            .silent(NODE, FROM + 400_000, FROM + 600_000);
    GenericRecord row = row(fleet, events(fleet.cell(), 10_000, 6, 0), 600);
    assertThat(row.getString("null_reason")).isEqualTo("token_coverage");
  }
}
