package io.tokenwatt.quickstart.fleet;

import io.tokenwatt.config.DurationText;
import io.tokenwatt.quickstart.fleet.gateway.Gateway;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The fleet alone, for anybody's agent or Prometheus: {@code fleet --agent-config fleet.yaml}, then
 * {@code ./tokenwatt agent fleet.yaml}. Exit code 0 after {@code --for} or Ctrl-C, 1 if it cannot
 * run, 2 on a wrong option.
 */
@Command(
    name = "fleet",
    mixinStandardHelpOptions = true,
    description = {
      "Runs the simulated fleet: 20 nodes in 3 regions whose exporters answer on loopback.",
      "Prints the agent's configuration unless a file is named for it."
    })
public final class FleetMain implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--seed", defaultValue = "1", description = "decides everything but the ports")
  private long seed;

  @Option(
      names = "--port-base",
      defaultValue = "0",
      description = "take the first free ports from here (default: 20000 to 30000)")
  private int portBase;

  @Option(
      names = "--day",
      defaultValue = "24h",
      description = "length of a simulated day, as 10m: shows the daily cycle in a short run")
  private String day;

  @Option(names = "--for", paramLabel = "TIME", description = "end after this, as 3m")
  private String runFor;

  @Option(
      names = "--kafka",
      defaultValue = "127.0.0.1:9092",
      description = "brokers to write into the agent's configuration")
  private String kafka;

  @Option(
      names = "--requests",
      paramLabel = "URL",
      description =
          "post an event per ended request to an agent's intake, as http://127.0.0.1:4318/v1/requests;"
              + " the agent's configuration then has a section for them")
  private URI requests;

  @Option(names = "--agent-config", paramLabel = "FILE", description = "write the agent's YAML")
  private Path agentConfig;

  @Option(names = "--file-sd", paramLabel = "FILE", description = "write Prometheus' file_sd JSON")
  private Path fileSd;

  public static void main(String[] args) {
    System.exit(new CommandLine(new FleetMain()).execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    FleetOptions options = options();
    Duration length =
        runFor == null ? Duration.ofMillis(Long.MAX_VALUE) : duration("--for", runFor);
    PrintWriter out = spec.commandLine().getOut();
    try (Fleet fleet = Fleet.start(options)) {
      // Ctrl-C ends the process; the ports go with it.
      publish(fleet, out);
      if (requests == null) {
        Thread.sleep(length.toMillis());
      } else {
        try (Gateway gateway = Gateway.open(fleet, seed, requests)) {
          Thread.sleep(length.toMillis());
        }
      }
    }
    return 0;
  }

  private void publish(Fleet fleet, PrintWriter out) throws IOException {
    String yaml =
        AgentText.yaml(fleet.nodes(), kafka)
            + (requests == null ? "" : AgentText.requests(requests.getPort()));
    if (fileSd != null) {
      Files.writeString(fileSd, FileSdText.json(fleet.nodes()));
    }
    if (agentConfig != null) {
      Files.writeString(agentConfig, yaml);
      out.printf("%d nodes answer; agent %s%n", fleet.nodes().size(), agentConfig);
    } else {
      out.print(yaml);
    }
    out.flush();
  }

  private FleetOptions options() {
    try {
      return FleetOptions.of(seed)
          .fromPort(portBase)
          .keepingTruth(0)
          .withDay(duration("--day", day));
    } catch (IllegalArgumentException e) {
      throw wrong(e.getMessage());
    }
  }

  private Duration duration(String option, String text) {
    try {
      return DurationText.parse(text);
    } catch (IllegalArgumentException e) {
      throw wrong(option + " " + text + ": " + e.getMessage());
    }
  }

  private CommandLine.ParameterException wrong(String problem) {
    return new CommandLine.ParameterException(spec.commandLine(), problem);
  }
}
