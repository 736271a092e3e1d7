package io.tokenwatt.collectors.agent;

import io.tokenwatt.collectors.exporters.TargetReading;
import io.tokenwatt.collectors.exposition.Exposition;
import io.tokenwatt.collectors.exposition.Reject;
import io.tokenwatt.collectors.http.Counters;
import io.tokenwatt.collectors.scrape.Failure;
import java.util.concurrent.atomic.LongAdder;

/** What {@link AgentTally} counts of one target, its counters looked up once. Thread-safe. */
final class TargetTally {
  private final Counters counters;
  private final String node;
  private final String target;
  private final LongAdder scrapes;
  private final LongAdder lines;
  private final LongAdder samples;
  private final LongAdder comments;

  TargetTally(Counters counters, String node, String target) {
    this.counters = counters;
    this.node = node;
    this.target = target;
    this.scrapes =
        counters.counter(AgentTally.SCRAPES, "Scrapes started.", "node", node, "target", target);
    this.lines = counters.counter(AgentTally.LINES, "Lines read: samples, rejects and comments.");
    this.samples = counters.counter(AgentTally.SAMPLES, "Lines that are a sample.");
    this.comments = counters.counter(AgentTally.COMMENTS, "Lines that are a comment or blank.");
  }

  void started() {
    scrapes.increment();
  }

  void parsed(Exposition exposition) {
    lines.add(exposition.lines());
    samples.add(exposition.samples().size());
    comments.add(exposition.comments());
    for (Reject reject : exposition.rejects()) {
      rejected(AgentTally.REJECTS, "Lines that could not be read, by reason.", reject);
    }
  }

  void read(TargetReading reading) {
    for (Reject reject : reading.rejects()) {
      rejected(AgentTally.READING_REJECTS, "Samples not believable, by reason.", reject);
    }
  }

  void failed(Failure failure) {
    counters
        .counter(
            AgentTally.FAILURES,
            "Scrapes without a reading, by reason.",
            "node",
            node,
            "target",
            target,
            "reason",
            failure.reason().code())
        .increment();
  }

  private void rejected(String name, String help, Reject reject) {
    counters
        .counter(name, help, "node", node, "target", target, "reason", reject.reason())
        .increment();
  }
}
