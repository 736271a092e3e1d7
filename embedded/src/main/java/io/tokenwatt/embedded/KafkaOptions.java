package io.tokenwatt.embedded;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How an embedded broker runs. Immutable.
 *
 * @param dataDirectory where topics live on between runs; empty: a temporary directory, deleted at
 *     the end
 * @param port of the loopback interface; 0: a free one
 * @param retentionBytes kept per partition at most, rounded up to whole segments
 * @param segmentBytes size of a log segment, the smallest amount that retention can delete
 * @param heap of the broker's JVM, as for -Xmx
 * @param doors further listeners, with TLS
 */
public record KafkaOptions(
    Optional<Path> dataDirectory,
    int port,
    long retentionBytes,
    int segmentBytes,
    String heap,
    List<KafkaDoor> doors) {

  public KafkaOptions {
    doors = List.copyOf(doors);
  }

  private static final long RETENTION_BYTES = 512L << 20;
  private static final int SEGMENT_BYTES = 64 << 20;

  /** A free port and a directory that is deleted at the end. */
  public static KafkaOptions throwaway() {
    return new KafkaOptions(Optional.empty(), 0, RETENTION_BYTES, SEGMENT_BYTES, "256m", List.of());
  }

  /** A free port and data that outlive the broker. */
  public static KafkaOptions keptIn(Path directory) {
    return new KafkaOptions(
        Optional.of(directory), 0, RETENTION_BYTES, SEGMENT_BYTES, "256m", List.of());
  }

  public KafkaOptions withPort(int newPort) {
    return new KafkaOptions(dataDirectory, newPort, retentionBytes, segmentBytes, heap, doors);
  }

  public KafkaOptions withRetention(long newRetentionBytes, int newSegmentBytes) {
    return new KafkaOptions(dataDirectory, port, newRetentionBytes, newSegmentBytes, heap, doors);
  }

  public KafkaOptions withHeap(String newHeap) {
    return new KafkaOptions(dataDirectory, port, retentionBytes, segmentBytes, newHeap, doors);
  }

  public KafkaOptions withDoors(KafkaDoor... newDoors) {
    return new KafkaOptions(
        dataDirectory, port, retentionBytes, segmentBytes, heap, List.of(newDoors));
  }
}
