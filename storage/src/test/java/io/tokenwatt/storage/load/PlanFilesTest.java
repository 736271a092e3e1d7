package io.tokenwatt.storage.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.storage.TestDatabase;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sites, budgets, SLOs and the like: read by the one reader, told apart by their headers. */
class PlanFilesTest {
  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void everyTableTakesItsFileAndTheSameFileAgainChangesNothing() throws Exception {
    List<Path> files =
        List.of(
            file(
                "site,effective_from,region,provider,jurisdiction,pue,usd_per_kwh,power_limit_kw",
                "fra,2026-01-01,eu,own,DE,1.25,0.21,400"),
            file(
                "scope,site,name,effective_from,limit_kw,racks,nodes",
                "rack,fra,r1,2026-01-01,17.5,,4",
                "feed,fra,A,2026-01-01,60,r1 r2,8"),
            file("client_region,region,rtt_ms,source", "br,us,120.5,probe"),
            file("service_class,client_region,jurisdictions", "chat,eu,DE FR", ",br,BR"),
            file(
                "slo,effective_from,model,service_class,measure,threshold,objective",
                "chat-ttft,2026-01-01,,chat,ttft,0.5,0.95"),
            file(
                "budget,effective_from,workload,usd_per_mtok_output,min_output_tokens",
                "chat,2026-01-01,chat,4.5,500000"),
            file("alias,model,precision,parameters_b", "m,llama,fp8,70.6"),
            file("hardware,memory_mib,board_power_w,source", "H100,81559,700,data sheet"));
    try (TestDatabase database = TestDatabase.withTables()) {
      assertThat(load(database, files)).as(err.toString()).isZero();
      assertThat(out.toString())
          .contains("sites: 1 new, 0 corrected, 0 unchanged")
          .contains("power_budgets: 2 new, 0 corrected, 0 unchanged")
          .contains("jurisdiction_policy: 2 new")
          .contains("slos: 1 new");
      out.getBuffer().setLength(0);
      assertThat(load(database, files)).isZero();
      assertThat(out.toString()).doesNotContain("1 new").doesNotContain("1 corrected");

      assertThat(
              text(
                  database,
                  "SELECT toString((racks, limit_kw, nodes)) FROM %s FINAL WHERE scope = 'feed'",
                  "power_budgets"))
          .isEqualTo("(['r1','r2'],60,8)");
      assertThat(
              text(
                  database,
                  "SELECT toString((basis, usd_per_mtok_output, min_output_tokens)) FROM %s FINAL",
                  "cost_budgets"))
          .isEqualTo("('all_in',4.5,500000)");
      assertThat(text(database, "SELECT toString((pue, usd_per_kwh)) FROM %s FINAL", "sites"))
          .isEqualTo("(1.25,0.21)");
      assertThat(text(database, "SELECT toString((threshold, objective)) FROM %s FINAL", "slos"))
          .isEqualTo("(0.5,0.95)");
    }
  }

  @Test
  void everyProblemNamesItsLine() throws Exception {
    Path budgets =
        file(
            "scope,site,name,effective_from,limit_kw,racks",
            "row,fra,r1,2026-01-01,17,",
            "feed,fra,A,2026-01-01,60,",
            "site,fra,hall,2026-01-01,60,",
            "rack,fra,r2,yesterday,-1,");
    Path slos = file("slo,effective_from,measure,threshold,objective", "a,2026-01-01,itl,0.5,99");
    LoadedCsv.Result wrong = read(budgets);
    assertThat(wrong.rows()).isEmpty();
    assertThat(wrong.problems())
        .anyMatch(p -> p.contains(":2: scope is rack, feed or site, not row"))
        .anyMatch(p -> p.contains(":3: a feed needs its racks"))
        .anyMatch(p -> p.contains(":4: name of scope site is the site"))
        .anyMatch(p -> p.contains(":5: effective_from is a UTC time"))
        .anyMatch(p -> p.contains(":5: limit_kw is not negative"));
    assertThat(read(slos).problems())
        .anyMatch(p -> p.contains(":2: measure is ttft, e2e or tpot, not itl"))
        .anyMatch(p -> p.contains(":2: objective is a share between 0 and 1"));
  }

  private int load(TestDatabase database, List<Path> files) {
    List<String> arguments =
        new java.util.ArrayList<>(
            List.of("--url", database.config().url(), "--database", database.config().database()));
    files.forEach(file -> arguments.add(file.toString()));
    return LoadMain.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments.toArray(String[]::new));
  }

  private static LoadedCsv.Result read(Path file) throws IOException {
    return LoadedCsv.read(file.getFileName().toString(), Files.readAllLines(file));
  }

  private static String text(TestDatabase database, String sql, String table) {
    return database.text(sql.formatted(database.table(table)));
  }

  private Path file(String... lines) throws IOException {
    Path file = Files.createTempFile(folder, "plan", ".csv");
    return Files.write(file, List.of(lines));
  }
}
