package io.tokenwatt.jobs.requests;

import io.tokenwatt.jobs.efficiency.RawRecord;
import io.tokenwatt.model.proto.RequestEvent;
import io.tokenwatt.model.proto.RequestStatus;
import io.tokenwatt.model.proto.Resolution;
import io.tokenwatt.model.proto.Server;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Requests of some minutes, and logs that hold them in orders as networks and retries make them.
 */
public final class RandomEvents {
  static final int PARTITIONS = 3;
  private static final long LATENESS_MS = 900_000;

  final List<RequestEvent> events = new ArrayList<>();
  private final Random random;
  private final long startMs;

  public RandomEvents(long seed, int n, long startMs, long spanMs) {
    this.random = new Random(seed);
    this.startMs = startMs;
    for (int i = 0; i < n; i++) {
      events.add(event(i, startMs + random.nextLong(spanMs)));
    }
  }

  private RequestEvent event(int number, long completedMs) {
    RequestEvent.Builder e =
        RequestEvent.newBuilder()
            .setEventId("event-" + number)
            .setCompletedAtMs(completedMs)
            .setAgent("agent-" + random.nextInt(2))
            .setModelName(random.nextBoolean() ? "llama-3.3-70b" : "qwen3-8b")
            .setServiceClass(random.nextBoolean() ? "interactive" : "batch")
            .setTenant(random.nextInt(3) == 0 ? "" : "t" + random.nextInt(3))
            .setStatus(
                random.nextInt(10) > 0 ? RequestStatus.REQUEST_OK : RequestStatus.REQUEST_ERROR)
            .setServer(server());
    long ttft = random.nextLong(1_000, 2_000_000);
    if (random.nextInt(8) > 0) {
      e.setPromptTokens(random.nextInt(4_000)).setOutputTokens(random.nextInt(900));
      e.setTtftGatewayUs(ttft).setE2EGatewayUs(ttft + random.nextLong(1, 60_000_000));
    }
    return e.build();
  }

  private Server server() {
    return random.nextInt(5) == 0
        ? Server.getDefaultInstance()
        : Server.newBuilder()
            .setResolution(Resolution.RESOLUTION_LOCAL)
            .setRegion("eu")
            .setBoardName("NVIDIA H100 80GB HBM3")
            .build();
  }

  /** As each ended. */
  List<RawRecord> prompt() {
    return sorted(events.stream().map(e -> record(e, e.getCompletedAtMs() + 5)).toList());
  }

  /** Delayed by up to L, many sent twice or thrice, also long after. */
  public List<RawRecord> delayedAndRepeated() {
    List<RawRecord> records = new ArrayList<>();
    for (RequestEvent e : events) {
      long delay = random.nextInt(4) == 0 ? random.nextLong(LATENESS_MS) : random.nextLong(3_000);
      long first = e.getCompletedAtMs() + delay;
      records.add(record(e, first));
      for (int again = random.nextInt(3); again > 0; again--) {
        records.add(record(e, first + 1 + random.nextLong(2 * LATENESS_MS)));
      }
    }
    return sorted(records);
  }

  /** Records that cannot be counted: bytes that are nothing, another's key, hours late. */
  List<RawRecord> wrong(int n) {
    List<RawRecord> records = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      RequestEvent late = event(1_000_000 + i, startMs);
      records.add(
          switch (i % 3) {
            case 0 -> new RawRecord("x" + i, new byte[] {9, 9}, startMs + i, "", i % PARTITIONS, 0);
            case 1 -> new RawRecord("y", late.toByteArray(), startMs + i, "", i % PARTITIONS, 0);
            default -> record(late, startMs + LATENESS_MS + 1 + i);
          });
    }
    return records;
  }

  static RawRecord record(RequestEvent e, long recordMs) {
    int partition = Math.floorMod(e.getEventId().hashCode(), PARTITIONS);
    return new RawRecord(e.getEventId(), e.toByteArray(), recordMs, "", partition, 0);
  }

  static List<RawRecord> sorted(List<RawRecord> records) {
    return records.stream().sorted(Comparator.comparingLong(RawRecord::timestampMs)).toList();
  }

  Set<Long> windows() {
    Set<Long> windows = new HashSet<>();
    events.forEach(e -> windows.add(e.getCompletedAtMs() / 10_000 * 10_000));
    return windows;
  }
}
