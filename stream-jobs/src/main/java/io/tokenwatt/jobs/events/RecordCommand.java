package io.tokenwatt.jobs.events;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Tells of one change, by an agent or straight to Kafka. */
@Command(
    name = "record",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Tells of one change: an agent takes it (--agent, section requests of its YAML), or Kafka itself (--bootstrap).",
      "Done means that all in-sync replicas of Kafka have it. Prints the event's id."
    })
final class RecordCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @ArgGroup(multiplicity = "1")
  private Destination destination;

  @Option(
      names = "--kind",
      required = true,
      description =
          "deployment, driver, power_limit, config, maintenance, restart, note or accept.")
  private String kind;

  @Option(names = "--title", required = true, description = "One line for people.")
  private String title;

  @Option(
      names = "--attribute",
      paramLabel = "NAME=VALUE",
      description = "Further facts, such as from=256 and to=64; repeat for more.")
  private Map<String, String> attributes = new LinkedHashMap<>();

  @Option(
      names = "--property",
      paramLabel = "NAME=VALUE",
      description = "With --bootstrap: of Kafka's producer, such as security.protocol=SSL.")
  private Map<String, String> properties = new LinkedHashMap<>();

  /** One of the two. */
  private static final class Destination {
    @Option(
        names = "--agent",
        paramLabel = "URL",
        description =
            "Such as http://127.0.0.1:4318; its token in environment TOKENWATT_TOKEN, if it asks for one.")
    private String agent;

    @Option(names = "--bootstrap", paramLabel = "HOST:PORT", description = "Kafka's brokers.")
    private String bootstrap;
  }

  @Override
  public Integer call() throws Exception {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("kind", kind);
    fields.put("title", title);
    fields.putAll(EventOptions.of(command));
    fields.putIfAbsent("actor", System.getProperty("user.name", ""));
    // So that a repetition after a timeout is the same event.
    fields.putIfAbsent("time", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
    String id =
        destination.agent != null
            ? new AgentIntake(destination.agent, System.getenv("TOKENWATT_TOKEN"))
                .tell(fields, attributes)
            : new EventTopic(destination.bootstrap, properties)
                .tell(ToldEvent.of(fields, attributes));
    command.commandLine().getOut().println(id);
    command.commandLine().getOut().flush();
    return ExitCode.OK;
  }
}
