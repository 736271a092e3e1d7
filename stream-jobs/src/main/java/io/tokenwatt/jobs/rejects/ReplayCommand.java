package io.tokenwatt.jobs.rejects;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Sends what this version reads to where it came from, key and value unchanged, one after the
 * other. Harmless when repeated: an event's id counts once, and so does a node's tick.
 */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Sends again, to their topics, the records that this version of the jobs reads",
      "and an earlier one did not. All others stay and are told by reason.",
      "Doing it twice changes nothing. A node's sample counts only while its node",
      "has sent no newer one that counted; totals do not need it, as the next",
      "sample's counters hold what it held."
    })
final class ReplayCommand implements Callable<Integer> {
  @Spec private CommandSpec command;
  @Mixin private Broker broker;

  @Option(names = "--dry-run", description = "Says what would be sent, and sends nothing.")
  private boolean dryRun;

  private final Map<Prospect.Fate, Map<String, Long>> told = new EnumMap<>(Prospect.Fate.class);

  @Override
  public Integer call() throws IOException, InterruptedException {
    long sinceMs = broker.sinceMs(System.currentTimeMillis());
    RejectsTopic topic = new RejectsTopic(broker, command.commandLine().getErr());
    try {
      if (dryRun) {
        topic.read(sinceMs, this::tell);
      } else {
        send(topic, sinceMs);
      }
    } finally {
      print(command.commandLine().getOut()); // what was sent before a failure, too
    }
    return ExitCode.OK;
  }

  private void send(RejectsTopic topic, long sinceMs) throws IOException, InterruptedException {
    Map<String, Object> settings = broker.settings();
    settings.put("acks", "all");
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      topic.read(
          sinceMs,
          kept -> {
            if (broker.prospect(kept).fate() == Prospect.Fate.READABLE) {
              send(producer, kept);
            }
            tell(kept);
          });
    } catch (KafkaException e) {
      throw broker.failed(e);
    }
  }

  /** One by one: what was told as sent, all in-sync replicas have. */
  private static void send(KafkaProducer<byte[], byte[]> producer, Kept kept)
      throws InterruptedException {
    RecordHeader from =
        new RecordHeader("replayed-from", kept.position().getBytes(StandardCharsets.UTF_8));
    try {
      producer
          .send(
              new ProducerRecord<>(
                  kept.topic(), (Integer) null, kept.key(), kept.value(), List.of(from)))
          .get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaException kafka ? kafka : new KafkaException(e);
    }
  }

  private void tell(Kept kept) {
    Prospect.Fate fate = broker.prospect(kept).fate();
    String what = fate == Prospect.Fate.READABLE ? kept.topic() : kept.reason();
    told.computeIfAbsent(fate, f -> new TreeMap<>()).merge(what, 1L, Long::sum);
  }

  private void print(PrintWriter out) {
    Map<String, Long> sent = told.getOrDefault(Prospect.Fate.READABLE, Map.of());
    String verb = dryRun ? "would send" : "sent";
    sent.forEach((topic, n) -> out.printf("%s %,d to %s%n", verb, n, topic));
    if (sent.isEmpty()) {
      out.println(verb + " none");
    }
    told.forEach(
        (fate, reasons) -> {
          if (fate != Prospect.Fate.READABLE) {
            reasons.forEach(
                (reason, n) -> out.printf("left %,d, %s: %s%n", n, fate.label(), reason));
          }
        });
    out.flush();
  }
}
