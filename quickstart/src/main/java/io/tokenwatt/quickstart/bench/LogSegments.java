package io.tokenwatt.quickstart.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.record.FileRecords;
import org.apache.kafka.common.record.RecordBatch;

/** What a topic takes in the files of a broker. */
public final class LogSegments {
  private LogSegments() {}

  /** Bytes of each batch of the topic, its header included, in the order of each partition. */
  public static List<Integer> batches(Path dataDirectory, String topic) throws IOException {
    List<Integer> bytes = new ArrayList<>();
    for (Path file : segments(dataDirectory, topic)) {
      try (FileRecords records = FileRecords.open(file.toFile(), false)) {
        for (RecordBatch batch : records.batches()) {
          bytes.add(batch.sizeInBytes());
        }
      }
    }
    return bytes;
  }

  private static List<Path> segments(Path dataDirectory, String topic) throws IOException {
    try (Stream<Path> files = Files.walk(dataDirectory)) {
      return files
          .filter(file -> file.toString().endsWith(".log"))
          .filter(file -> file.getParent().getFileName().toString().matches(topic + "-\\d+"))
          .toList();
    }
  }
}
