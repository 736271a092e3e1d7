package io.tokenwatt.collectors.agent;

import io.tokenwatt.collectors.exporters.ExporterCatalogue;
import io.tokenwatt.collectors.scrape.TargetSpec;
import io.tokenwatt.config.ConfigException;
import io.tokenwatt.model.proto.NodeSample;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The {@code agent} command. Exit code 0 = done, 1 = failed, 2 = wrong usage. */
@Command(
    name = "agent",
    mixinStandardHelpOptions = true,
    description = {
      "Scrapes GPU and engine exporters and publishes one record per node and tick to Kafka.",
      "Environment variables TOKENWATT_AGENT_… override keys: node.region is TOKENWATT_AGENT_NODE_REGION."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:done; after SIGTERM: every record is in Kafka or in the spool",
      "1:failed, the reason is on stderr; after SIGTERM: records were lost",
      "2:wrong usage"
    })
public final class AgentMain implements Callable<Integer> {
  private static final String LOGBACK = "logback.configurationFile";

  @Spec private CommandSpec spec;

  @Option(names = "--config", paramLabel = "FILE", description = "Run with this configuration.")
  private Path config;

  @Option(names = "--check", paramLabel = "FILE", description = "List all problems of it and end.")
  private Path check;

  @Option(
      names = "--discover",
      description = "Look for exporters on this machine and print a configuration.")
  private boolean discover;

  @Option(
      names = "--once",
      description = "With --config: print one tick's records instead of publishing.")
  private boolean once;

  @Option(names = "--json", description = "With --once: as JSON, one record per line.")
  private boolean json;

  public static void main(String[] arguments) {
    // Before the first logger is made; without a file logback logs everything at DEBUG.
    if (System.getProperty(LOGBACK) == null) {
      System.setProperty(LOGBACK, "io/tokenwatt/collectors/agent/logback.xml");
    }
    System.exit(commandLine().execute(arguments));
  }

  /** For tests and for launchers with a main of their own. */
  public static CommandLine commandLine() {
    return new CommandLine(new AgentMain())
        .setExecutionExceptionHandler(
            (e, command, parsed) -> {
              boolean known = e instanceof ConfigException;
              command.getErr().println(known ? e.getMessage() : "agent: " + reasonOf(e));
              return CommandLine.ExitCode.SOFTWARE;
            });
  }

  @Override
  public Integer call() throws InterruptedException {
    int modes = (discover ? 1 : 0) + (check == null ? 0 : 1) + (config == null ? 0 : 1);
    if (modes != 1) {
      throw usage("give one of --config FILE, --check FILE, --discover");
    }
    if ((once && config == null) || (json && !once)) {
      throw usage("--once goes with --config, --json with --once");
    }
    if (discover) {
      return discover();
    }
    if (check != null) {
      return check();
    }
    AgentConfig read = AgentConfig.read(config);
    return once ? once(read) : run(read);
  }

  private int discover() {
    out().print(Discovery.draft(System.getenv(), hostName()));
    out().flush();
    return CommandLine.ExitCode.OK;
  }

  private int check() {
    AgentConfig read = AgentConfig.read(check);
    ExporterCatalogue catalogue = ExporterCatalogue.load(read.exporterFolders());
    TargetKinds.check(read, catalogue);
    out().println(check + ": no problems");
    // What is away now may come: it is shown, and is no mistake of the file.
    List<TargetSpec> configured =
        read.nodes().stream().flatMap(plan -> plan.targets().stream()).toList();
    read.ownership()
        .kubernetes()
        .map(spec -> Surroundings.look(spec, configured, catalogue).text())
        .ifPresent(out()::print);
    out().flush();
    return CommandLine.ExitCode.OK;
  }

  private int once(AgentConfig read) {
    // Another agent may run on this machine with the same file and have the port.
    OneTick.Seen seen =
        OneTick.of(read.withListen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
    List<NodeSample> samples = seen.samples();
    out().print(json ? "" : seen.surroundings());
    samples.forEach(s -> out().print(json ? MessageJson.of(s) + "\n" : SampleText.of(s)));
    out().flush();
    return samples.isEmpty() ? CommandLine.ExitCode.SOFTWARE : CommandLine.ExitCode.OK;
  }

  private static int run(AgentConfig read) throws InterruptedException {
    Agent agent = Agent.start(read);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> drain(agent), "drain"));
    new CountDownLatch(1).await();
    return CommandLine.ExitCode.OK;
  }

  // SIGTERM runs this: what was scraped is delivered or left in the spool before the process ends.
  // Left to itself the JVM would then say 143, whatever became of the records.
  private static void drain(Agent agent) {
    agent.close();
    boolean well = agent.lostAtEnd() == 0;
    Runtime.getRuntime().halt(well ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE);
  }

  private CommandLine.ParameterException usage(String message) {
    return new CommandLine.ParameterException(spec.commandLine(), message);
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private static String reasonOf(Throwable e) {
    String cause = e.getCause() == null ? "" : " (" + e.getCause().getMessage() + ")";
    return e.getMessage() + cause;
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "";
    }
  }
}
