package io.tokenwatt.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.clickhouse.client.api.query.GenericRecord;
import io.tokenwatt.model.CellMeasure;
import io.tokenwatt.storage.KnownFleet.Node;
import io.tokenwatt.storage.load.LoadedCsv;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * One board for an hour at 3.60 USD, busy all the time; 1,000 prompt tokens of which 200 cached,
 * 500 generated. By hand: at 1, 0.10 and 4 USD/Mtok they are 0.00282 USD, at 4,000 times that
 * 11.28.
 */
class PriceBenchmarkTest {
  private static final long HOUR_MS = 3_600_000;
  private static final long T =
      Math.floorDiv(System.currentTimeMillis(), HOUR_MS) * HOUR_MS - 3 * HOUR_MS;

  private static TestDatabase database;

  @BeforeAll
  static void open() {
    database = TestDatabase.withTables();
    LoadRows load = new LoadRows(database.store());
    for (List<String> file :
        List.of(
            List.of(
                "provider,region,hardware,purchase_option,effective_from,per_gpu_hour",
                "acme,eu,H100-SXM,on_demand,2026-01-01,3.6"),
            List.of(
                "provider,model,effective_from,per_mtok_prompt,per_mtok_cached,per_mtok_output",
                "cheap,*,2026-01-01,1,0.10,4",
                "dear,*,2026-01-01,9,9,9",
                "dear,told,2026-01-01,4000,400,16000"))) {
      load.merge(LoadedCsv.read("b.csv", file).orThrow(), 1);
    }
    try (FactWriter writer = new FactWriter(database.config())) {
      writer.writeCells(
          fleet("told").add(T, CellMeasure.PROMPT_CACHED_OBSERVED_MS, HOUR_MS).rows());
      writer.writeCells(fleet("silent").rows());
    }
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @Test
  void tokensAreRepricedByClassAndBreakEvenFollows() {
    GenericRecord cheap = row("told", "cheap");
    assertThat(cheap.getDouble("usd_own")).isCloseTo(3.6, within(1e-9));
    assertThat(cheap.getDouble("usd_provider")).isCloseTo(0.00282, within(1e-12));
    assertThat(cheap.getDouble("break_even_factor")).isCloseTo(3.6 / 0.00282, within(1e-6));
    assertThat(cheap.hasValue("break_even_busy_share")).isFalse();
    assertThat(cheap.getString("break_even_null_reason")).isEqualTo("not_reachable");
    GenericRecord dear = row("told", "dear");
    assertThat(dear.getDouble("usd_provider")).isCloseTo(11.28, within(1e-9));
    assertThat(dear.getDouble("break_even_busy_share")).isCloseTo(3.6 / 11.28, within(1e-9));
  }

  @Test
  void anEngineThatDoesNotTellCachedTokensHasNoProviderPriceWhereTheyCostLess() {
    GenericRecord cheap = row("silent", "cheap");
    assertThat(cheap.hasValue("usd_provider")).isFalse();
    assertThat(cheap.getString("usd_provider_null_reason")).isEqualTo("cached_unknown");
    assertThat(row("silent", "dear").getDouble("usd_provider")).isCloseTo(0.0135, within(1e-12));
  }

  private static KnownFleet fleet(String model) {
    return new KnownFleet(model)
        .read(new Node(1, 700, 1_000, 0), T, T + HOUR_MS)
        .add(T, CellMeasure.PROMPT_TOKENS, 1_000)
        .add(T, CellMeasure.PROMPT_TOKENS_CACHED, model.equals("told") ? 200 : 0)
        .add(T, CellMeasure.OUTPUT_TOKENS, 500);
  }

  private static GenericRecord row(String model, String provider) {
    List<GenericRecord> rows =
        database
            .store()
            .rows(
                "SELECT * FROM %s(since = toDateTime(%d, 'UTC'), until = toDateTime(%d, 'UTC')) WHERE model = {m:String} AND provider = {p:String}"
                    .formatted(database.table("price_benchmark"), T / 1000, (T + HOUR_MS) / 1000),
                Map.of("m", model, "p", provider));
    assertThat(rows).hasSize(1);
    return rows.get(0);
  }
}
