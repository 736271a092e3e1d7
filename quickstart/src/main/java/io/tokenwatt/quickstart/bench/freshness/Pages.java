package io.tokenwatt.quickstart.bench.freshness;

import io.tokenwatt.quickstart.Quickstart;
import io.tokenwatt.storage.Store;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Lowers the power limit of boards, region by region, and waits for the page of each: exporters,
 * agent, Kafka, both jobs, ClickHouse, rules and a receiver as PagerDuty's.
 */
final class Pages {
  private static final String RULE = "efficiency-regression-page";
  private static final long PATIENCE_MS = 120_000;
  private static final long JUDGED_MS = 300_000;

  /** Which boards, as the exporter and as the catalogue call them, and to how many watts. */
  private record Cap(String region, String boards, String hardware, double watts) {
    String place() {
      return region + "/" + hardware;
    }
  }

  /** Ordinary nodes of each region, whose engines are busy. */
  private static final List<Cap> CAPS =
      List.of(
          new Cap("us-east", "NVIDIA H100 80GB HBM3", "H100-SXM", 300),
          new Cap("eu-central", "NVIDIA H200", "H200", 300),
          new Cap("ap-south", "NVIDIA L40S", "L40S", 160));

  private record Message(long atMs, String text) {}

  private final Quickstart quickstart;
  private final PrintWriter err;
  private final Queue<Message> messages = new ConcurrentLinkedQueue<>();

  Pages(Quickstart quickstart, PrintWriter err) throws IOException {
    this.quickstart = quickstart;
    this.err = err;
    quickstart.alert(text -> messages.add(new Message(System.currentTimeMillis(), text)));
  }

  /**
   * Seconds from the cap to its page, of one region after the other; endless where none came.
   *
   * @param caps how many, at most one per region
   */
  List<Double> delays(int caps) throws IOException, InterruptedException {
    List<Double> delays = new ArrayList<>();
    try (Store store = new Store(quickstart.store())) {
      for (Cap cap : CAPS.subList(0, Math.min(caps, CAPS.size()))) {
        awaitJudged(store, cap);
        messages.clear();
        long begun = System.currentTimeMillis();
        quickstart.fleet().orElseThrow().powerCap(cap.region(), cap.boards(), cap.watts());
        double delay = delay(cap, begun);
        err.printf("freshness: %s capped, paged after %.1f s%n", cap.place(), delay);
        err.flush();
        delays.add(delay);
      }
    }
    return delays;
  }

  /** A series is held against nothing before it was seen for a while. */
  private static void awaitJudged(Store store, Cap cap) throws IOException, InterruptedException {
    String judged =
        "SELECT count() FROM %1$s.judged_windows WHERE region = '%2$s' AND outcome = 'judged' AND workload IN (SELECT workload FROM %1$s.efficiency_10s WHERE region = '%2$s' AND hardware = '%3$s')"
            .formatted(store.config().database(), cap.region(), cap.hardware());
    long deadline = System.currentTimeMillis() + JUDGED_MS;
    while (store.rows(judged).get(0).getLong(1) == 0) {
      if (System.currentTimeMillis() > deadline) {
        throw new IOException("no window of " + cap.place() + " was judged in five minutes");
      }
      Thread.sleep(500);
    }
  }

  private double delay(Cap cap, long begunMs) throws InterruptedException {
    while (System.currentTimeMillis() < begunMs + PATIENCE_MS) {
      for (Message message : messages) {
        if (message.text().contains(RULE) && message.text().contains(cap.place())) {
          return (message.atMs() - begunMs) / 1e3;
        }
      }
      Thread.sleep(50);
    }
    return Double.POSITIVE_INFINITY;
  }
}
