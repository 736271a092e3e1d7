package io.tokenwatt.storage.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.storage.Engine;
import io.tokenwatt.storage.Store;
import io.tokenwatt.storage.StoreConfig;
import io.tokenwatt.storage.schema.Schema;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SlosMainTest {
  private static final String FILE =
      """
      slo,effective_from,model,service_class,measure,vantage,comparison,threshold,objective,owner,note
      chat,2026-01-01T00:00:00Z,llama,interactive,ttft,gateway,<=,0.5,0.99,team-a,"as agreed, in May"
      chat,2026-02-01T00:00:00Z,llama,interactive,ttft,gateway,<=,0.4,0.99,team-a,
      """;

  @TempDir Path folder;

  private static String run(int status, String... arguments) {
    StringWriter out = new StringWriter();
    CommandLine line = SlosMain.commandLine();
    line.setOut(new PrintWriter(out)).setErr(new PrintWriter(out));
    assertThat(line.execute(arguments)).as(out.toString()).isEqualTo(status);
    return out.toString();
  }

  @Test
  void whatIsLoadedIsListedAsTheSameFile() throws IOException {
    Path file = Files.writeString(folder.resolve("slos.csv"), FILE);
    StoreConfig config = new StoreConfig(Engine.url(), "default", "", "slos_main_test");
    Schema.apply(config);
    try (Store store = new Store(config)) {
      String[] where = {"--url", config.url(), "--database", config.database()};
      assertThat(run(0, "load", where[0], where[1], where[2], where[3], file.toString()))
          .contains("slos: 2 new, 0 corrected");
      String listed = run(0, "list", where[0], where[1], where[2], where[3]);
      assertThat(listed.lines()).containsExactlyElementsOf(FILE.lines().toList());
      Files.writeString(file, listed);
      assertThat(run(0, "load", where[0], where[1], where[2], where[3], file.toString()))
          .contains("0 new, 0 corrected, 2 unchanged");
      store.command("DROP DATABASE " + config.database() + " SYNC");
    }
  }

  @Test
  void everyProblemIsToldWithItsLine() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("slos.csv"), FILE.replace("gateway,<=,0.4", "engine,<=,0.4"));
    assertThat(run(1, "check", file.toString())).contains("slos.csv:3").contains("vantage");
  }
}
