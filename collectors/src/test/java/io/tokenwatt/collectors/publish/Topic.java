package io.tokenwatt.collectors.publish;

import static org.awaitility.Awaitility.await;

import io.tokenwatt.embedded.EmbeddedKafka;
import io.tokenwatt.model.Topics;
import io.tokenwatt.model.proto.NodeSample;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.CompressionType;
import org.apache.kafka.common.record.FileRecords;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** The topic of node samples on a real broker, as a reader and as its files see it. */
public final class Topic {
  public static final int PARTITIONS = 4;

  private final EmbeddedKafka kafka;
  private final String name;

  private Topic(EmbeddedKafka kafka, String name) {
    this.kafka = kafka;
    this.name = name;
  }

  public static Topic create(EmbeddedKafka kafka) {
    return create(kafka, Topics.NODE_SAMPLES);
  }

  static Topic create(EmbeddedKafka kafka, String name) {
    kafka.createTopic(name, PARTITIONS, Map.of("message.timestamp.type", "LogAppendTime"));
    return new Topic(kafka, name);
  }

  /** Everything in it, from the start, once there is enough of it. */
  public List<ConsumerRecord<String, byte[]>> read(IntPredicate enough) {
    Map<String, Object> properties = Map.of("bootstrap.servers", kafka.bootstrapServers());
    List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          IntStream.range(0, PARTITIONS).mapToObj(p -> new TopicPartition(name, p)).toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () -> {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
                return enough.test(records.size());
              });
    }
    return records;
  }

  /** All samples that are in it now, each partition's in order. */
  public List<NodeSample> all() {
    Map<String, Object> properties = Map.of("bootstrap.servers", kafka.bootstrapServers());
    long end;
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          IntStream.range(0, PARTITIONS).mapToObj(p -> new TopicPartition(name, p)).toList();
      end = consumer.endOffsets(partitions).values().stream().mapToLong(Long::longValue).sum();
    }
    return read(n -> n >= end).stream().map(Topic::sample).toList();
  }

  public static NodeSample sample(ConsumerRecord<String, byte[]> record) {
    try {
      return NodeSample.parseFrom(record.value());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How its batches are compressed on disk. */
  public Set<CompressionType> compression() {
    Set<CompressionType> types = new LinkedHashSet<>();
    segments()
        .forEach(
            file -> {
              try (FileRecords records = FileRecords.open(file.toFile(), false)) {
                records.batches().forEach(batch -> types.add(batch.compressionType()));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    return types;
  }

  /** Bytes that its batches take on disk, their headers included. */
  public long bytes() {
    long bytes = 0;
    for (Path file : segments()) {
      try (FileRecords records = FileRecords.open(file.toFile(), false)) {
        for (var batch : records.batches()) {
          bytes += batch.sizeInBytes();
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return bytes;
  }

  private List<Path> segments() {
    try (Stream<Path> files = Files.walk(kafka.dataDirectory())) {
      return files
          .filter(file -> file.toString().endsWith(".log"))
          .filter(file -> file.getParent().getFileName().toString().startsWith(name))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
