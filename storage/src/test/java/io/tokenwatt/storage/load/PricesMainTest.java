package io.tokenwatt.storage.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.clickhouse.client.api.query.GenericRecord;
import io.tokenwatt.storage.TestDatabase;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command on the real engine: what is loaded, and what rates the views make of it. */
class PricesMainTest {
  private static final String HEADER =
      "provider,region,zone_of,hardware,purchase_option,effective_from,effective_until,per_gpu_hour,"
          + "currency,energy_billing,per_kwh,per_kw_month,kw_per_gpu,withdrawn,note\n";
  private static TestDatabase database;

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void open() {
    database = TestDatabase.withTables();
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @BeforeEach
  void empty() {
    database.truncate("prices", "fx_rates");
  }

  @Test
  void loadingTwiceChangesNothingAndACorrectionActsAtOnce() throws IOException {
    Path file = file("acme,eu,,H100,spot,2026-01-01,,1.25,USD,inclusive,,,,,first\n");
    assertThat(load(file)).isZero();
    assertThat(out.toString()).contains("prices: 1 new, 0 corrected, 0 unchanged");
    assertThat(load(file)).isZero();
    assertThat(out.toString()).contains("0 new, 0 corrected, 1 unchanged");
    assertThat(rates()).containsExactly("eu 2026-01-01 00:00:00 1250000");
    assertThat(load(file("acme,eu,,H100,spot,2026-01-01,,1.5,USD,inclusive,,,,,second\n")))
        .isZero();
    assertThat(out.toString()).contains("0 new, 1 corrected, 0 unchanged");
    assertThat(rates()).containsExactly("eu 2026-01-01 00:00:00 1500000");
    assertThat(load(file("acme,eu,,H100,spot,2026-01-01,,1.5,USD,inclusive,,,,true,gone\n")))
        .isZero();
    assertThat(rates()).isEmpty();
  }

  /** By hand: 2 EUR x 1.1 = 2.20, x 1.2 = 2.40 USD; before the first rate there is none. */
  @Test
  void anotherCurrencyFollowsItsRateByTheHourAndEndsLeaveAGap() throws IOException {
    Path rates = folder.resolve("fx.csv");
    Files.writeString(
        rates, "currency,effective_from,usd_per_unit\nEUR,2026-01-01,1.1\nEUR,2026-02-01,1.2\n");
    Path prices =
        file(
            "acme,eu,,H100,spot,2026-01-15,2026-03-01,2,EUR,inclusive,,,,,a\n"
                + "acme,eu,,H100,spot,2026-04-01,,3,USD,inclusive,,,,,b\n");
    assertThat(load(prices)).isEqualTo(1);
    assertThat(err.toString()).contains("EUR has no exchange rate at all");
    assertThat(rates()).isEmpty();
    assertThat(load(prices, rates)).isZero();
    assertThat(rates())
        .containsExactly(
            "eu 2026-01-15 00:00:00 2200000",
            "eu 2026-02-01 00:00:00 2400000",
            "eu 2026-03-01 00:00:00 none",
            "eu 2026-04-01 00:00:00 3000000");
  }

  /** By hand: 1 + 1.2 kW x 73 USD / 730 h = 1.12; 0.30 EUR x 2 = 0.60 USD per kWh. */
  @Test
  void committedPowerIsInTheHourAndMeteredEnergyIsBeside() throws IOException {
    Path rates = folder.resolve("fx.csv");
    Files.writeString(rates, "currency,effective_from,usd_per_unit\nEUR,2026-01-01,2\n");
    Path prices =
        file(
            "acme,eu,,H100,spot,2026-01-01,,1,USD,committed_kw,,73,1.2,,a\n"
                + "acme,us,,H100,spot,2026-01-01,,1,EUR,metered,0.30,,,,b\n");
    assertThat(load(rates, prices)).isZero();
    assertThat(rates())
        .containsExactly("eu 2026-01-01 00:00:00 1120000", "us 2026-01-01 00:00:00 2000000");
    assertThat(
            database.text(
                "SELECT toString(microusd_per_kwh) FROM "
                    + database.table("price_rates")
                    + " WHERE region = 'us'"))
        .isEqualTo("600000");
  }

  @Test
  void theListShowsWhatHoldsHowItIsComputedAndGaps() throws IOException {
    assertThat(
            load(
                file(
                    "acme,eu-1a,eu,H100,spot,2026-01-01,2026-02-01,1.25,USD,inclusive,,,,,zone\n"
                        + "acme,eu,,H100,spot,2026-01-01,,1,USD,committed_kw,,73,1.2,,power\n")))
        .isZero();
    assertThat(run("list", "--at", "2026-01-15T00:00:00Z")).isZero();
    assertThat(out.toString())
        .contains("zone of eu; zone")
        .contains("1 + 1.2 kW x 73 / 730 h USD")
        .contains("2026-02-01 00:00:00");
    out.getBuffer().setLength(0);
    assertThat(run("list", "--at", "2026-02-15T00:00:00Z")).isZero();
    assertThat(out.toString()).contains("had ended and no other had begun");
  }

  @Test
  void checkListsEveryProblemAndNeedsNoStore() throws IOException {
    Path bad = file("acme,eu,,H100,spot,2026-01-01T00:30:00Z,,x,USD,inclusive,,,,,a\n");
    CommandLineRun check = new CommandLineRun("check", bad.toString(), "no-such.csv");
    assertThat(check.code).isEqualTo(1);
    assertThat(check.errors)
        .contains("prices.csv:2: effective_from is a whole UTC hour")
        .contains("prices.csv:2: per_gpu_hour is not a number: x")
        .contains("no-such.csv: there is no such file");
    assertThat(new CommandLineRun("load").code).isEqualTo(2);
  }

  private static final class CommandLineRun {
    final int code;
    final String errors;

    CommandLineRun(String... arguments) {
      StringWriter err = new StringWriter();
      code =
          PricesMain.commandLine()
              .setOut(new PrintWriter(new StringWriter()))
              .setErr(new PrintWriter(err))
              .execute(arguments);
      errors = err.toString();
    }
  }

  private Path file(String lines) throws IOException {
    return Files.writeString(folder.resolve("prices.csv"), HEADER + lines);
  }

  private int load(Path... files) {
    List<String> arguments = new ArrayList<>(List.of("load"));
    List.of(files).forEach(file -> arguments.add(file.toString()));
    return run(arguments.toArray(String[]::new));
  }

  private int run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(
        List.of("--url", database.config().url(), "--database", database.config().database()));
    return PricesMain.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(all.toArray(String[]::new));
  }

  private static List<String> rates() {
    return database
        .store()
        .rows(
            "SELECT concat(region, ' ', toString(effective_from), ' ',"
                + " ifNull(toString(microusd_per_gpu_hour), 'none')) AS t FROM "
                + database.table("price_rates")
                + " ORDER BY region, effective_from")
        .stream()
        .map((GenericRecord row) -> row.getString("t"))
        .toList();
  }
}
