package io.tokenwatt.jobs.state;

import io.tokenwatt.jobs.efficiency.RandomLives;
import io.tokenwatt.jobs.efficiency.RawRecord;
import io.tokenwatt.jobs.regressions.ServingLog;
import io.tokenwatt.jobs.requests.RandomEvents;
import io.tokenwatt.model.proto.ChangeEvent;
import io.tokenwatt.model.proto.ChangeKind;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * What lay in Kafka when a savepoint was made, and what came after it, as bytes of that day: a
 * generator that changes must not change it.
 *
 * @param cutMs the savepoint had read what is older, and nothing else
 */
record KeptLog(long cutMs, List<RawRecord> records) {
  static final String SAMPLES = "kept-samples";
  static final String EVENTS = "kept-events";
  static final String REQUESTS = "kept-requests";
  static final int PARTITIONS = 3;

  private static final long START = 1_795_219_200_000L; // 2026-11-21 00:00 UTC
  private static final int SECONDS = 1_000;
  private static final int CUT = 620;

  /**
   * A workload that gets a quarter slower, over which the savepoint falls; nodes that serve
   * together, with everything that befalls nodes; requests, late and sent twice; told events.
   */
  static KeptLog generate() {
    List<RawRecord> all = new ArrayList<>();
    new ServingLog(START, SECONDS)
        .with("chat", 2, 7, (node, s) -> s >= 450 && s < 750 ? 1.25 : 1)
        .records()
        .forEach(r -> all.add(in(SAMPLES, r)));
    RandomLives.of(11, 3, 250, START + 480_000).forEach(r -> all.add(in(SAMPLES, r)));
    new RandomEvents(13, 400, START, SECONDS * 1000L)
        .delayedAndRepeated()
        .forEach(r -> all.add(in(REQUESTS, r)));
    for (int second : List.of(100, 600, 640, 900)) {
      all.add(note(START + second * 1000L));
    }
    all.sort(Comparator.comparingLong(RawRecord::timestampMs));
    return new KeptLog(START + CUT * 1000L, all);
  }

  private static RawRecord in(String topic, RawRecord r) {
    return new RawRecord(r.key(), r.value(), r.timestampMs(), topic, r.partition(), 0);
  }

  private static RawRecord note(long ms) {
    ChangeEvent event =
        ChangeEvent.newBuilder()
            .setEventId("note-" + ms)
            .setKind(ChangeKind.CHANGE_NOTE)
            .setTimeMs(ms)
            .setTitle("a note")
            .build();
    return new RawRecord(event.getEventId(), event.toByteArray(), ms, EVENTS, 0, 0);
  }

  /** Of one topic, in the order of Kafka's time, what is older. */
  List<RawRecord> of(String topic, long untilMs) {
    return records.stream()
        .filter(r -> r.topic().equals(topic) && r.timestampMs() < untilMs)
        .toList();
  }

  void write(OutputStream file) throws IOException {
    try (DataOutputStream out = new DataOutputStream(new GZIPOutputStream(file))) {
      out.writeLong(cutMs);
      out.writeInt(records.size());
      for (RawRecord r : records) {
        out.writeUTF(r.topic());
        out.writeInt(r.partition());
        out.writeLong(r.timestampMs());
        out.writeUTF(r.key());
        out.writeInt(r.value().length);
        out.write(r.value());
      }
    }
  }

  static KeptLog read(InputStream file) throws IOException {
    try (DataInputStream in = new DataInputStream(new GZIPInputStream(file))) {
      long cutMs = in.readLong();
      List<RawRecord> records = new ArrayList<>();
      for (int n = in.readInt(); n > 0; n--) {
        String topic = in.readUTF();
        int partition = in.readInt();
        long ms = in.readLong();
        String key = in.readUTF();
        records.add(new RawRecord(key, in.readNBytes(in.readInt()), ms, topic, partition, 0));
      }
      return new KeptLog(cutMs, records);
    }
  }
}
