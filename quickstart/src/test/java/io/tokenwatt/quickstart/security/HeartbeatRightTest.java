package io.tokenwatt.quickstart.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.jobs.JobsMain;
import io.tokenwatt.model.Topics;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs that log in at a broker with ACLs. */
class HeartbeatRightTest {
  private static final String TOPIC = "guarded";

  @TempDir private static Path folder;
  private static SecuredEngines engines;

  @BeforeAll
  static void open() throws Exception {
    engines = new SecuredEngines(folder);
    Files.writeString(folder.resolve("sasl"), SecuredEngines.SASL_PASSWORD);
    engines.kafka.createTopic(TOPIC, 1, Map.of("message.timestamp.type", "LogAppendTime"));
    allow(TOPIC, AclOperation.READ, AclOperation.DESCRIBE);
    allow(Topics.REQUEST_EVENTS, AclOperation.READ, AclOperation.WRITE, AclOperation.DESCRIBE);
  }

  @AfterAll
  static void close() {
    engines.close();
  }

  private static void allow(String topic, AclOperation... operations) throws Exception {
    ResourcePattern what = new ResourcePattern(ResourceType.TOPIC, topic, PatternType.LITERAL);
    List<AclBinding> acls =
        Arrays.stream(operations)
            .map(
                operation ->
                    new AclBinding(
                        what,
                        new AccessControlEntry(
                            "User:jobs", "*", operation, AclPermissionType.ALLOW)))
            .toList();
    try (Admin admin =
        Admin.create(Map.of("bootstrap.servers", engines.kafka.bootstrapServers()))) {
      admin.createAcls(acls).all().get(90, TimeUnit.SECONDS);
    }
  }

  /** Nothing is started before the store was asked, and this one is not there. */
  private static String starting(String more) throws IOException {
    Path yaml =
        Files.writeString(
            folder.resolve("jobs.yaml"),
            """
            kafka:
              bootstrap: "%s"
              topic: %s
              tls: {ca: authority/ca.pem}
              sasl: {user: jobs, password: "${file:sasl}"}
            store: {url: "http://127.0.0.1:1"}
            checkpoints: %s
            %s
            """
                .formatted(
                    engines.kafka.bootstrapServers(engines.sasl),
                    TOPIC,
                    folder.resolve("checkpoints").toUri(),
                    more));
    StringWriter err = new StringWriter();
    int code =
        JobsMain.commandLine()
            .setErr(new PrintWriter(err, true))
            .execute("--config", yaml.toString());
    assertThat(code).isEqualTo(1);
    return err.toString();
  }

  @Test
  void jobsThatMayNotWriteHeartbeatsDoNotStartAndSayWhichRightIsMissing() throws Exception {
    assertThat(starting(""))
        .startsWith("jobs: Kafka at " + engines.kafka.bootstrapServers(engines.sasl))
        .contains("does not let the jobs' user write heartbeats into guarded.")
        .contains("--operation Write --topic guarded")
        .contains("heartbeat: off");
    assertThat(starting("heartbeat: off")).doesNotContain("heartbeats").contains("127.0.0.1:1");
    allow(TOPIC, AclOperation.WRITE);
    assertThat(starting("")).doesNotContain("heartbeats").contains("127.0.0.1:1");
  }
}
