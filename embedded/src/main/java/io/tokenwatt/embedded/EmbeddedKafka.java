package io.tokenwatt.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * A real Kafka broker (KRaft, one node) in a child JVM, on the loopback interface, for a laptop,
 * tests and CI. Topics are made by {@link #createTopic} only, never by use. It ends with {@link
 * #close} and also when this process dies. Not thread-safe.
 */
public final class EmbeddedKafka implements AutoCloseable {
  /** A broker that was killed waits for its old session to expire, and boxes may be busy. */
  private static final Duration START_DEADLINE = Duration.ofSeconds(60);

  private static final Duration STOP_DEADLINE = Duration.ofSeconds(20);
  private static final int ADMIN_TIMEOUT_MS = 20_000;

  private final KafkaOptions options;
  private final DataDirectory directory;
  private final Map<KafkaDoor, Integer> doorPorts = new LinkedHashMap<>();
  private int port;
  private Child child;

  private EmbeddedKafka(KafkaOptions options, DataDirectory directory) {
    this.options = options;
    this.directory = directory;
  }

  /**
   * Returns when the broker serves.
   *
   * @throws EngineException with the tail of the broker's log when it does not
   */
  public static EmbeddedKafka start(KafkaOptions options) {
    DataDirectory directory =
        options
            .dataDirectory()
            .map(DataDirectory::kept)
            .orElseGet(() -> DataDirectory.temporary("kafka"));
    EmbeddedKafka kafka = new EmbeddedKafka(options, directory);
    try {
      FreePorts.retrying(options.port() == 0, kafka::startFirst);
      return kafka;
    } catch (RuntimeException e) {
      directory.discard();
      throw e;
    }
  }

  /** "127.0.0.1:port"; the same before and after a restart. */
  public String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  /** "localhost:port" of a door; the same before and after a restart. */
  public String bootstrapServers(KafkaDoor door) {
    return "localhost:" + doorPorts.get(door);
  }

  /** Lets a user log in at doors with SASL. */
  public void addUser(String user, String password) {
    ScramCredentialInfo scram = new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096);
    try (Admin admin = admin()) {
      admin
          .alterUserScramCredentials(
              List.of(new UserScramCredentialUpsertion(user, scram, password)))
          .all()
          .get(ADMIN_TIMEOUT_MS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new EngineException("Cannot add user " + user + ": " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException("Interrupted while adding user " + user, e);
    }
  }

  /** Where topics, server.properties and kafka.log are. */
  public Path dataDirectory() {
    return directory.path();
  }

  /** Process id of the broker's JVM. */
  public long pid() {
    return child.pid();
  }

  /**
   * Makes a topic, unless it is there already: then it is left as it is.
   *
   * @param config topic settings, such as "message.timestamp.type"; may be empty
   */
  public void createTopic(String name, int partitions, Map<String, String> config) {
    NewTopic topic = new NewTopic(name, partitions, (short) 1).configs(config);
    try (Admin admin = admin()) {
      admin.createTopics(List.of(topic)).all().get(ADMIN_TIMEOUT_MS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw new EngineException("Cannot create topic " + name + ": " + e.getCause(), e);
      }
    } catch (TimeoutException e) {
      throw new EngineException("Topic " + name + " was not made within 20 s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException("Interrupted while making topic " + name, e);
    }
  }

  /** SIGKILL, as a test of what follows; {@link #restart} brings it back with its data. */
  public void kill() {
    child.kill();
  }

  /** Stops the broker, if it runs, and starts it on the same port and data. */
  public void restart() {
    child.stop(STOP_DEADLINE);
    startChild();
  }

  /** Stops the broker cleanly and deletes its data where they are throwaway. Idempotent. */
  @Override
  public void close() {
    child.stop(STOP_DEADLINE);
    directory.discard();
  }

  private void startFirst() {
    port = FreePorts.choose(options.port());
    options.doors().forEach(door -> doorPorts.put(door, FreePorts.choose(0)));
    startChild();
  }

  private void startChild() {
    String settings =
        KafkaSettings.text(
            options, directory.resolve("data"), port, FreePorts.choose(0), doorPorts);
    directory.write("server.properties", settings);
    ChildCommand command =
        new ChildCommand(
            KafkaMain.class,
            options.heap(),
            ChildCommand.ownClassPath(),
            List.of("-Dlogback.configurationFile=io/tokenwatt/embedded/kafka-logback.xml"),
            List.of(directory.path().toString(), directory.throwaway() ? "throwaway" : "kept"));
    child = Child.start("kafka", command, directory.path(), START_DEADLINE);
  }

  private Admin admin() {
    return Admin.create(
        Map.of(
            "bootstrap.servers",
            bootstrapServers(),
            "default.api.timeout.ms",
            ADMIN_TIMEOUT_MS,
            "request.timeout.ms",
            ADMIN_TIMEOUT_MS));
  }
}
