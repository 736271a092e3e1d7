package io.tokenwatt.quickstart.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that makes roles and users, with a clickhouse-client that writes down what it got. */
class UsersScriptTest {
  private static final Path SCRIPT = Kubectl.FOLDER.resolve("base/config/users.sh");

  @TempDir Path folder;

  @BeforeEach
  void client() throws Exception {
    Path client = folder.resolve("clickhouse-client");
    Files.writeString(client, "#!/bin/sh\necho \"$@\" >> args\ncat >> sql\n");
    assertThat(client.toFile().setExecutable(true)).isTrue();
    Files.writeString(folder.resolve("1_roles.sql"), "-- roles\n");
    Files.writeString(folder.resolve("2_owner_rows.sql"), "-- rows\n");
  }

  @Test
  void everyUserGetsItsRoleAndNoPasswordIsAnArgument() throws Exception {
    assertThat(run(Pod.of("base", "Job", "tokenwatt-schema", "users").environment())).isZero();
    assertThat(Files.readString(folder.resolve("sql")))
        .startsWith("-- roles\n-- rows\nCREATE USER IF NOT EXISTS tokenwatt_jobs ")
        .contains("GRANT tokenwatt_writer TO tokenwatt_jobs;")
        .contains("GRANT tokenwatt_alerts TO tokenwatt_alerts_run;")
        .contains("GRANT tokenwatt_grafana TO grafana;");
    assertThat(Files.readString(folder.resolve("args")))
        .contains("--host clickhouse --user tokenwatt_admin")
        .doesNotContain(Pod.GIVEN);
  }

  @Test
  void passwordsAreQuoted() throws Exception {
    Map<String, String> environment =
        Pod.of("base", "Job", "tokenwatt-schema", "users").environment();
    environment.put("TOKENWATT_JOBS_PASSWORD", "it's \\ odd; DROP");
    assertThat(run(environment)).isZero();
    assertThat(Files.readString(folder.resolve("sql")))
        .contains("ALTER USER tokenwatt_jobs IDENTIFIED BY 'it\\'s \\\\ odd; DROP';");
  }

  @Test
  void aMissingPasswordStops() throws Exception {
    Map<String, String> environment =
        Pod.of("base", "Job", "tokenwatt-schema", "users").environment();
    environment.remove("TOKENWATT_JOBS_PASSWORD");
    assertThat(run(environment)).isNotZero();
  }

  private int run(Map<String, String> environment) throws Exception {
    ProcessBuilder builder = new ProcessBuilder("bash", SCRIPT.toString(), folder.toString());
    builder.directory(folder.toFile()).redirectErrorStream(true);
    String path = builder.environment().get("PATH");
    builder.environment().putAll(environment);
    builder.environment().put("PATH", folder + ":" + path);
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(said).doesNotContain(Pod.GIVEN);
    return process.waitFor();
  }
}
