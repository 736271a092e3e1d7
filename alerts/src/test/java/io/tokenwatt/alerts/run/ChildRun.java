package io.tokenwatt.alerts.run;

import io.tokenwatt.alerts.AlertsMain;
import io.tokenwatt.alerts.fake.FakeAlertmanager;
import io.tokenwatt.alerts.fake.FakePagerDuty;
import io.tokenwatt.alerts.fake.FakeSlack;
import io.tokenwatt.storage.StoreConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** {@code alerts run} in a JVM of its own, which can be killed. */
final class ChildRun implements AutoCloseable {
  private final Process process;
  private final Path log;

  private ChildRun(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  static ChildRun start(
      Path folder,
      String instance,
      StoreConfig store,
      FakePagerDuty pagerDuty,
      FakeSlack slack,
      FakeAlertmanager alertmanager)
      throws IOException {
    Path config =
        Files.writeString(
            folder.resolve(instance + "-config.yaml"),
            """
            clickhouse: {url: "%s"}
            rules: rules
            instance: %s
            lease: 3s
            receivers:
              pagerduty: {type: pagerduty, url: "%s/v2/enqueue", routing_key: "${env:PD_KEY}"}
              slack: {type: slack, url: "${env:SLACK_URL}"}
              alertmanager: {type: alertmanager, url: "%s"}
            routes:
              ticket: [slack]
            """
                .formatted(store.url(), instance, pagerDuty.base(), alertmanager.base()));
    Path log = folder.resolve(instance + ".log");
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx64m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            "-Dlogback.configurationFile=io/tokenwatt/alerts/logback-run.xml",
            AlertsMain.class.getName(),
            "run",
            "--config",
            config.toString());
    builder.environment().put("PD_KEY", FakePagerDuty.KEY);
    builder.environment().put("SLACK_URL", slack.base() + FakeSlack.PATH);
    builder
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    return new ChildRun(builder.start(), log);
  }

  /** SIGKILL: nothing of it runs any more when this returns. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** SIGTERM. */
  int end() throws InterruptedException {
    process.destroy();
    return process.waitFor(60, TimeUnit.SECONDS) ? process.exitValue() : -1;
  }

  String log() throws IOException {
    return Files.readString(log);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
