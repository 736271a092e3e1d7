package io.tokenwatt.collectors.publish;

import io.tokenwatt.collectors.clock.BootClock;
import io.tokenwatt.collectors.clock.BrokerSkew;
import io.tokenwatt.collectors.http.Counters;
import io.tokenwatt.collectors.http.Health;
import io.tokenwatt.collectors.spool.Backlog;
import io.tokenwatt.collectors.spool.Entry;
import io.tokenwatt.collectors.spool.SpoolFolder;
import io.tokenwatt.collectors.spool.SpoolSpec;
import io.tokenwatt.model.proto.NodeSample;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes to Kafka, idempotent and with all replicas' acknowledgement, key = the node's id. Each
 * node's records arrive in order, and once unless a process or a producer ended in between: then
 * those under way arrive again. A broker that is away costs nothing while what waits fits into the
 * spool, or without one into 16 MiB of memory, and is not older than 15 minutes; what does not is
 * dropped, the oldest first, and counted with its reason.
 */
public final class KafkaPublisher implements SampleSink {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaPublisher.class);
  private static final Duration DRAIN = Duration.ofSeconds(3);

  private final PublishTally tally;
  private final BootClock clock;
  private final Backlog backlog;
  private final Pace pace;
  private final Sender sender;
  private volatile boolean closing;

  /**
   * A spool and the folder that was claimed for it.
   *
   * @param folder closed with the publisher
   */
  public record Spooling(SpoolSpec spec, SpoolFolder folder) {}

  /**
   * Starts at once; brokers that cannot be reached yet are waited for.
   *
   * @param spool empty = records wait in memory
   * @param skew learns from acknowledgements
   * @throws KafkaException if the properties are wrong
   * @throws java.io.UncheckedIOException if the spool cannot be read
   */
  public KafkaPublisher(
      KafkaSpec kafka,
      Optional<Spooling> spool,
      BootClock clock,
      BrokerSkew skew,
      Counters counters,
      Health health) {
    this.clock = clock;
    this.tally = new PublishTally(counters, health, spool.isPresent(), skew);
    this.pace = new Pace(spool.map(s -> s.spec().catchUp()).orElse(SpoolSpec.DEFAULT_CATCH_UP));
    KafkaTopic topic = new KafkaTopic(kafka, tally);
    try {
      this.backlog =
          spool
              .map(s -> Backlog.on(s.spec(), s.folder(), clock, tally))
              .orElseGet(() -> Backlog.inMemory(clock, tally));
    } catch (RuntimeException e) {
      topic.close();
      throw e;
    }
    tally.recovered(backlog.onDisk());
    spool.ifPresent(s -> gauges(counters, s.spec()));
    this.sender = new Sender(backlog, topic, tally, pace, clock);
    sender.start();
  }

  private void gauges(Counters counters, SpoolSpec spec) {
    if (backlog.onDisk() > 0) {
      LOG.info("{} records wait in {}", backlog.onDisk(), spec.dir());
    }
    counters.gauge(
        "tokenwatt_agent_spool_bytes", "In the spool's files of records.", backlog::diskBytes);
    counters.gauge(
        "tokenwatt_agent_spool_records", "Records on disk, not yet sent.", backlog::onDisk);
    counters.gauge(
        "tokenwatt_agent_spool_limit_bytes", "spool.max_bytes.", () -> (double) spec.maxBytes());
  }

  @Override
  public void publish(NodeSample sample) {
    tally.accepted();
    if (closing) {
      tally.lost("closed", 1);
      return;
    }
    byte[] value = sample.toByteArray();
    byte[] key = sample.getNode().getNode().getBytes(StandardCharsets.UTF_8);
    Entry entry = new Entry(clock.get(), key, value);
    backlog.offer(entry);
    pace.accepted(entry.at());
    sender.wake();
  }

  @Override
  public void close() {
    if (closing) {
      return;
    }
    closing = true;
    long kept = sender.drain(DRAIN);
    if (kept > 0) {
      LOG.info("{} records are left in the spool for the next start", kept);
    }
  }
}
