package io.tokenwatt.alerts.run;

import io.tokenwatt.alerts.Rule;
import io.tokenwatt.alerts.RuleFiles;
import io.tokenwatt.alerts.notify.Target;
import io.tokenwatt.config.ConfigReader;
import io.tokenwatt.config.Secret;
import io.tokenwatt.storage.Connection;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./tokenwatt alerts run}. */
@Command(
    name = "run",
    description = {
      "Evaluates the rules at their times and tells PagerDuty, Slack or Alertmanager.",
      "Without --config who is told is taken from the environment: TOKENWATT_PAGERDUTY_KEY,",
      "TOKENWATT_SLACK_WEBHOOK, TOKENWATT_ALERTMANAGER_URL, TOKENWATT_HEARTBEAT_URL."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:ended by a signal, or done (--once)", "1:failed", "2:wrong usage"})
public final class RunCommand implements Callable<Integer> {
  @Spec private CommandSpec command;
  @Mixin private Connection connection;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "YAML; replaces the other options. See alerts/DELIVERY.md.")
  private Path file;

  @Option(
      names = "--rules",
      paramLabel = "DIR",
      description = "Folder of rule files instead of the shipped ones.")
  private Path folder;

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      description = "Serve /metrics and /healthz there.")
  private String listen;

  @Option(
      names = "--dry-run",
      description = "Print what would be told; tell nobody, write nothing.")
  private boolean dryRun;

  @Option(names = "--once", description = "As --dry-run, but evaluate every rule once and end.")
  private boolean once;

  @Override
  public Integer call() throws InterruptedException {
    RunConfig config = file == null ? ofOptions(System.getenv()) : ofFile();
    if (once) {
      boolean all =
          new DryRun(config, command.commandLine().getOut()).once(command.commandLine().getErr());
      return all ? ExitCode.OK : ExitCode.SOFTWARE;
    }
    if (dryRun) {
      new DryRun(config, command.commandLine().getOut()).forever();
      return ExitCode.OK;
    }
    if (config.receivers().isEmpty()) {
      throw wrong("nobody to tell: give --config, or set one of the variables that --help names");
    }
    AlertsRun run = AlertsRun.start(config);
    Runtime.getRuntime().addShutdownHook(new Thread(run::close, "close"));
    run.join();
    return ExitCode.OK;
  }

  private RunConfig ofFile() {
    return ConfigReader.of(RunYaml.PREFIX, System.getenv()).read(file, RunYaml::config);
  }

  private RunConfig ofOptions(Map<String, String> environment) {
    List<ReceiverConfig> receivers = new ArrayList<>();
    variable(environment, "TOKENWATT_PAGERDUTY_KEY")
        .ifPresent(key -> receivers.add(ReceiverConfig.pagerDuty("pagerduty", null, key)));
    url(environment, "TOKENWATT_SLACK_WEBHOOK")
        .ifPresent(url -> receivers.add(ReceiverConfig.slack("slack", url)));
    url(environment, "TOKENWATT_ALERTMANAGER_URL")
        .map(url -> Target.of(new Secret(url.reveal().replaceAll("/$", "") + "/api/v2/alerts")))
        .ifPresent(to -> receivers.add(ReceiverConfig.alertmanager("alertmanager", to)));
    List<Rule> rules = folder == null ? RuleFiles.shipped() : RuleFiles.in(folder);
    RunConfig simple = RunConfig.of(connection.config(), RunYaml.hostName(), receivers);
    return new RunConfig(
        simple.store(),
        rules,
        simple.instance(),
        address(),
        simple.lease(),
        receivers,
        simple.routes(),
        url(environment, "TOKENWATT_HEARTBEAT_URL")
            .map(url -> new RunConfig.Heart(Target.of(url), RunConfig.HEARTBEAT)),
        simple.repeat(),
        simple.play(),
        "");
  }

  private Optional<InetSocketAddress> address() {
    try {
      return listen == null ? Optional.empty() : RunYaml.address(listen);
    } catch (IllegalArgumentException e) {
      throw wrong("--listen: " + e.getMessage());
    }
  }

  private static Optional<Secret> variable(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).filter(v -> !v.isBlank()).map(Secret::new);
  }

  private Optional<Secret> url(Map<String, String> environment, String name) {
    Optional<Secret> url = variable(environment, name);
    if (url.isPresent() && !ReceiverYaml.isUrl(url.get().reveal())) {
      throw wrong(name + " must be an http:// or https:// address");
    }
    return url;
  }

  private ParameterException wrong(String why) {
    return new ParameterException(command.commandLine(), why);
  }
}
