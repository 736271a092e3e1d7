package io.tokenwatt.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class SchemaMainTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private TestDatabase database;

  @BeforeEach
  void open() {
    database = TestDatabase.fresh();
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void statusTellsWhatIsPendingAndApplyDoesIt() {
    assertThat(run("status")).isEqualTo(1);
    assertThat(out.toString()).contains("V1__facts.sql").contains("pending");
    assertThat(run("apply")).isZero();
    out.getBuffer().setLength(0);
    assertThat(run("status", "--format", "json")).isZero();
    assertThat(out.toString())
        .startsWith("[")
        .contains("\"script\": \"V1__facts.sql\", \"state\": \"applied\"")
        .doesNotContain("pending");
  }

  @Test
  void wrongUsageIsExitStatusTwoAndSaysWhy() {
    assertThat(commandLine().execute("apply", "--url", "clickhouse")).isEqualTo(2);
    assertThat(err.toString()).contains("http://host:8123");
  }

  @Test
  void aStoreThatDoesNotAnswerIsExitStatusOneAndNamed() {
    assertThat(commandLine().execute("apply", "--url", "http://127.0.0.1:1")).isEqualTo(1);
    assertThat(err.toString()).contains("http://127.0.0.1:1");
  }

  private int run(String command, String... more) {
    StoreConfig config = database.config();
    String[] arguments = new String[5 + more.length];
    arguments[0] = command;
    arguments[1] = "--url";
    arguments[2] = config.url();
    arguments[3] = "--database";
    arguments[4] = config.database();
    System.arraycopy(more, 0, arguments, 5, more.length);
    return commandLine().execute(arguments);
  }

  private CommandLine commandLine() {
    return SchemaMain.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
  }
}
