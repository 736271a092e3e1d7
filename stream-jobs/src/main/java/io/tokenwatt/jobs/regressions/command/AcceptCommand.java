package io.tokenwatt.jobs.regressions.command;

import com.clickhouse.client.api.query.GenericRecord;
import io.tokenwatt.config.tls.KafkaFailure;
import io.tokenwatt.model.Topics;
import io.tokenwatt.model.proto.ChangeEvent;
import io.tokenwatt.model.proto.ChangeKind;
import io.tokenwatt.model.proto.ChangeScope;
import io.tokenwatt.storage.Connection;
import io.tokenwatt.storage.Store;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Takes the level of an open regression as the new reference: an event, like other changes. */
@Command(
    name = "accept",
    mixinStandardHelpOptions = true,
    description = {
      "Accepts an open regression: its level becomes the reference, and it closes within a window.",
      "The reason is kept with it. Cannot be undone; getting better again re-baselines by itself."
    })
final class AcceptCommand implements Callable<Integer> {
  private static final int TIMEOUT_MS = 20_000;

  @Spec private CommandSpec command;
  @Mixin private Connection connection;

  @Parameters(paramLabel = "ID", description = "As in list; its beginning is enough.")
  private String id;

  @Option(names = "--why", paramLabel = "TEXT", required = true, description = "One line.")
  private String why;

  @Option(
      names = "--by",
      paramLabel = "NAME",
      defaultValue = "${sys:user.name}",
      description = "Who accepts; default: ${DEFAULT-VALUE}")
  private String actor;

  @Option(
      names = "--bootstrap",
      paramLabel = "HOST:PORT",
      defaultValue = "${env:TOKENWATT_KAFKA:-127.0.0.1:9092}",
      description = "Kafka; environment TOKENWATT_KAFKA. Now: ${DEFAULT-VALUE}")
  private String bootstrap;

  @Option(
      names = "--property",
      paramLabel = "NAME=VALUE",
      description = "Of Kafka's producer, such as security.protocol=SSL; repeat for more.")
  private Map<String, String> properties = new LinkedHashMap<>();

  @Override
  public Integer call() {
    GenericRecord row;
    try (Store store = Store.reporting(connection.config())) {
      row = Found.byId(store, id);
    }
    String whole = row.getString("regression");
    if (!row.getString("close_reason").isEmpty()) {
      throw new CommandException(
          "regression %s is closed already: %s at %s UTC"
              .formatted(whole, row.getString("close_reason"), row.getString("closed_text")));
    }
    publish(event(whole, row));
    command
        .commandLine()
        .getOut()
        .printf(
            "Accepted: Kafka has it. Regression %s closes when the next window is judged; see ./tokenwatt regressions show %s%n",
            whole, whole);
    return ExitCode.OK;
  }

  private ChangeEvent event(String whole, GenericRecord row) {
    return ChangeEvent.newBuilder()
        .setEventId("accept-" + whole)
        .setTimeMs(Clock.systemUTC().millis())
        .setKind(ChangeKind.CHANGE_ACCEPT)
        .setScope(
            ChangeScope.newBuilder()
                .setRegion(row.getString("region"))
                .setWorkload(row.getString("workload")))
        .setTitle("Regression " + whole + " accepted")
        .setActor(actor)
        .setWhy(why)
        .setRegression(whole)
        .build();
  }

  private void publish(ChangeEvent event) {
    Map<String, Object> settings = new LinkedHashMap<>(properties);
    settings.put("bootstrap.servers", bootstrap);
    settings.put("acks", "all");
    settings.put("max.block.ms", TIMEOUT_MS);
    settings.put("delivery.timeout.ms", TIMEOUT_MS);
    settings.put("request.timeout.ms", TIMEOUT_MS / 2);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer
          .send(
              new ProducerRecord<>(
                  Topics.EVENTS,
                  event.getEventId().getBytes(StandardCharsets.UTF_8),
                  event.toByteArray()))
          .get(2L * TIMEOUT_MS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      Throwable cause = e instanceof ExecutionException ? e.getCause() : e;
      throw new CommandException(
          "Kafka at %s did not take the event: %s. Nothing was accepted; check --bootstrap and that topic %s exists."
              .formatted(bootstrap, KafkaFailure.words(cause), Topics.EVENTS),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException("interrupted; whether it was accepted is not known", e);
    }
  }
}
