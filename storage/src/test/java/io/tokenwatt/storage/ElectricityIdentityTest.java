package io.tokenwatt.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.clickhouse.client.api.query.GenericRecord;
import io.tokenwatt.model.CellMeasure;
import io.tokenwatt.storage.load.LoadedRow;
import io.tokenwatt.storage.load.LoadedTable;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Electricity $/Mtok = (J/tok) / 3.6 x $/kWh x PUE, where electricity is all that is paid for. */
class ElectricityIdentityTest {
  private static final long FROM =
      RandomRows.window(System.currentTimeMillis(), 720) / 600_000 * 600_000;
  private static final double PUE = 1.25;

  @Test
  void dollarsAreJoulesTimesPueTimesTariff() {
    KnownFleet fleet =
        new KnownFleet("m").read(new KnownFleet.Node(8, 400, 6_000, 1_000), FROM, FROM + 600_000);
    for (long at = FROM; at < FROM + 600_000; at += 10_000) {
      fleet
          .add(at, CellMeasure.NODE_MJ_METERED, 60_000_000)
          .add(at, CellMeasure.OUTPUT_TOKENS_NODE_METERED, 10_000)
          .add(at, CellMeasure.FACILITY_OBSERVED_MS, 10_000)
          .add(at, CellMeasure.FACILITY_MJ, (long) (60_000_000 * PUE))
          .add(at, CellMeasure.FACILITY_MJ_METERED, (long) (60_000_000 * PUE))
          .add(at, CellMeasure.OUTPUT_TOKENS_FACILITY_METERED, 10_000);
    }
    try (TestDatabase database = TestDatabase.withTables()) {
      try (FactWriter writer = new FactWriter(database.config())) {
        writer.writeCells(fleet.rows());
      }
      Map<String, Object> price = new HashMap<>();
      price.put("provider", "acme");
      price.put("region", "eu");
      price.put("hardware", "H100-SXM");
      price.put("purchase_option", "on_demand");
      price.put("effective_from", Instant.ofEpochMilli(FROM / 3_600_000 * 3_600_000));
      price.put("per_gpu_hour", BigDecimal.ZERO.setScale(6));
      price.put("per_kwh", new BigDecimal("0.120000"));
      price.put("energy_billing", "metered");
      price.put("note", "electricity alone");
      new LoadRows(database.store()).write(List.of(LoadedRow.of(LoadedTable.PRICES, price)), 1);
      GenericRecord row =
          database
              .store()
              .rows("SELECT * FROM %s(window_s = 600)".formatted(database.table("efficiency")))
              .get(0);
      // By hand: 6,000 W at 1,000 tokens/s = 6 J/token; / 3.6 x 0.12 $/kWh x 1.25 = 0.25 $/Mtok.
      double joulesPerToken = row.getDouble("joules_per_output_token_node");
      assertThat(joulesPerToken).isCloseTo(6, within(1e-9));
      assertThat(row.getDouble("usd_per_mtok_output_active")).isCloseTo(0.25, within(1e-6));
      assertThat(row.getDouble("usd_per_mtok_output_active"))
          .isCloseTo(joulesPerToken / 3.6 * 0.12 * PUE, within(1e-6));
      assertThat(row.getDouble("kwh_per_mtok_facility") * 0.12).isCloseTo(0.25, within(1e-9));
    }
  }
}
