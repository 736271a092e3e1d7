package io.tokenwatt.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * The broker's process. Arguments: the data directory (holding server.properties), and "throwaway"
 * where it is to be deleted if the parent dies. Ends cleanly at the end of standard input or at
 * SIGTERM.
 *
 * <p>The classes it starts are not public API of Kafka: they are tied to the pinned version, and
 * the tests of this module run them.
 */
public final class KafkaMain {
  private KafkaMain() {}

  public static void main(String[] arguments) throws Exception {
    DataDirectory directory =
        new DataDirectory(Path.of(arguments[0]), "throwaway".equals(arguments[1]));
    // Exiting runs the hook below, whatever the broker was doing.
    ParentWatch parent = ParentWatch.start(() -> System.exit(0));

    Properties properties = load(directory.resolve("server.properties"));
    format(Path.of(properties.getProperty("log.dirs")));
    KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  server.shutdown();
                  server.awaitShutdown();
                  if (parent.parentGone()) {
                    directory.discard();
                  }
                },
                "broker-shutdown"));
    try {
      server.startup();
    } catch (RuntimeException | Error e) {
      // Its threads would keep this process, half started, for ever.
      e.printStackTrace();
      Runtime.getRuntime().halt(1);
    }
    ParentWatch.ready();
    server.awaitShutdown();
  }

  private static Properties load(Path file) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(reader);
    }
    return properties;
  }

  /** Gives a new log directory its cluster id; leaves a formatted one alone. */
  private static void format(Path logDirectory) throws Exception {
    if (Files.exists(logDirectory.resolve("meta.properties"))) {
      return;
    }
    Files.createDirectories(logDirectory);
    new Formatter()
        .setPrintStream(
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
        .setNodeId(1)
        .setClusterId(Uuid.randomUuid().toString())
        .setControllerListenerName("CONTROLLER")
        .setMetadataLogDirectory(logDirectory.toString())
        .addDirectory(logDirectory.toString())
        .setIgnoreFormatted(true)
        .run();
  }
}
