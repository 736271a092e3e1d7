package io.tokenwatt.embedded;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** The broker's server.properties: one node that is broker and controller, loopback only. */
final class KafkaSettings {
  private KafkaSettings() {}

  static String text(
      KafkaOptions options,
      Path logDirectory,
      int port,
      int controllerPort,
      Map<KafkaDoor, Integer> doors) {
    return """
        # Written at every start; change the options of EmbeddedKafka instead.
        process.roles=broker,controller
        node.id=1
        controller.quorum.voters=1@127.0.0.1:%2$d
        controller.listener.names=CONTROLLER
        listener.security.protocol.map=BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT%6$s
        inter.broker.listener.name=BROKER
        listeners=BROKER://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d%7$s
        advertised.listeners=BROKER://127.0.0.1:%1$d%7$s
        log.dirs=%3$s
        auto.create.topics.enable=false
        # A laptop's disk, not a fleet's: 100,000 GPUs a second would write 70 GB an hour.
        log.retention.bytes=%4$d
        log.segment.bytes=%5$d
        log.retention.check.interval.ms=10000
        log.segment.delete.delay.ms=1000
        # The default cleaner buffer alone is half of this heap.
        log.cleaner.dedupe.buffer.size=8388608
        num.network.threads=2
        num.io.threads=2
        offsets.topic.replication.factor=1
        offsets.topic.num.partitions=1
        transaction.state.log.replication.factor=1
        transaction.state.log.min.isr=1
        transaction.state.log.num.partitions=1
        share.coordinator.state.topic.replication.factor=1
        share.coordinator.state.topic.min.isr=1
        share.coordinator.state.topic.num.partitions=1
        group.initial.rebalance.delay.ms=0
        # After kill -9 the broker waits for its own old session to expire: keep that short, but
        # above the 2.4 s that one slow controller event was seen to take on a busy disk.
        broker.session.timeout.ms=4500
        broker.heartbeat.interval.ms=500
        """
            .formatted(
                port,
                controllerPort,
                logDirectory.toString().replace("\\", "\\\\"),
                options.retentionBytes(),
                options.segmentBytes(),
                joined(doors, (door, at) -> "," + door.protocol()),
                joined(doors, (door, at) -> "," + door.listener(at)))
        + joined(doors, (door, at) -> door.settings())
        + (doors.isEmpty() ? "" : RIGHTS);
  }

  /** Who comes by a door has a name: ACLs hold for a topic as soon as it has one. */
  private static final String RIGHTS =
      """
      authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
      super.users=User:ANONYMOUS
      allow.everyone.if.no.acl.found=true
      """;

  private static String joined(
      Map<KafkaDoor, Integer> doors, BiFunction<KafkaDoor, Integer, String> text) {
    return doors.entrySet().stream()
        .map(door -> text.apply(door.getKey(), door.getValue()))
        .collect(Collectors.joining());
  }
}
