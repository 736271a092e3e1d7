package io.tokenwatt.quickstart.bench.agent;

import io.tokenwatt.embedded.EmbeddedKafka;
import io.tokenwatt.embedded.KafkaOptions;
import io.tokenwatt.model.Topics;
import io.tokenwatt.quickstart.bench.Peers;
import io.tokenwatt.quickstart.bench.live.Child;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The processes of one setup: exporters, a broker, our agent and, where it is here, vmagent. */
final class Sides implements AutoCloseable {
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final Load load;
  private final EmbeddedKafka kafka;
  private final Child ours;
  private final Optional<Child> theirs;

  Sides(Setup setup, Path folder) throws IOException {
    Files.createDirectories(folder);
    try {
      load = opened(Load.start(folder.resolve("load.log")));
      kafka = opened(EmbeddedKafka.start(KafkaOptions.throwaway()));
      kafka.createTopic(Topics.NODE_SAMPLES, 1, Map.of("message.timestamp.type", "LogAppendTime"));
      ours = opened(agent(setup, folder));
      Optional<Path> vmagent = Peers.find("vmagent");
      theirs =
          vmagent.isEmpty()
              ? Optional.empty()
              : Optional.of(opened(vmagent(setup, folder, vmagent.get())));
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  private <T extends AutoCloseable> T opened(T part) {
    open.push(part);
    return part;
  }

  private Child agent(Setup setup, Path folder) throws IOException {
    Path config = folder.resolve("agent.yaml");
    Files.writeString(config, setup.agentYaml(load.port(), kafka.bootstrapServers()));
    String script = Peers.checkout().resolve("tokenwatt").toString();
    return Child.start(folder, List.of(script, "agent", "--config", config.toString()));
  }

  /** As its documentation advises for many targets; what it need not do is off. */
  private Child vmagent(Setup setup, Path folder, Path program) throws IOException {
    Path config = folder.resolve("vmagent.yaml");
    Files.writeString(config, setup.prometheusYaml(load.port()));
    return Child.start(
        folder,
        List.of(
            program.toString(),
            "-promscrape.config=" + config,
            "-remoteWrite.url=http://127.0.0.1:" + load.port() + "/theirs/write",
            "-remoteWrite.tmpDataPath=" + folder.resolve("vmagent"),
            "-httpListenAddr=127.0.0.1:" + Child.freePort(),
            "-promscrape.noStaleMarkers",
            "-promscrape.dropOriginalLabels",
            "-loggerLevel=ERROR"));
  }

  Load load() {
    return load;
  }

  EmbeddedKafka kafka() {
    return kafka;
  }

  Child ours() {
    return ours;
  }

  Optional<Child> theirs() {
    return theirs;
  }

  /** Ends our agent, which delivers what it has first. */
  void stopOurs() {
    ours.close();
  }

  @Override
  public void close() {
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) {
        throw new IllegalStateException("a part of the benchmark does not end", e);
      }
    }
  }
}
