package io.tokenwatt.collectors.agent;

import io.tokenwatt.collectors.exporters.TargetReading;
import io.tokenwatt.collectors.exposition.Exposition;
import io.tokenwatt.collectors.exposition.Reject;
import io.tokenwatt.collectors.http.Counters;
import io.tokenwatt.collectors.scrape.Failure;

/** What the agent counts; the names are a contract with dashboards. Thread-safe. */
final class AgentTally {
  static final String SCRAPES = "tokenwatt_agent_scrapes_total";
  static final String FAILURES = "tokenwatt_agent_scrape_failures_total";
  static final String LINES = "tokenwatt_agent_lines_total";
  static final String SAMPLES = "tokenwatt_agent_samples_total";
  static final String COMMENTS = "tokenwatt_agent_comments_total";
  static final String REJECTS = "tokenwatt_agent_rejected_lines_total";
  static final String READING_REJECTS = "tokenwatt_agent_rejected_readings_total";
  static final String TICKS = "tokenwatt_agent_ticks_total";
  static final String OVERRUNS = "tokenwatt_agent_tick_overruns_total";
  private static final String TICKS_HELP = "Ticks begun.";

  private final Counters counters;

  AgentTally(Counters counters) {
    this.counters = counters;
    counters.counter(TICKS, TICKS_HELP);
    overrun("", 0);
  }

  void started(String node, String target) {
    counters.counter(SCRAPES, "Scrapes started.", "node", node, "target", target).increment();
  }

  void parsed(String node, String target, Exposition exposition) {
    add(LINES, "Lines read: samples, rejects and comments.", exposition.lines());
    add(SAMPLES, "Lines that are a sample.", exposition.samples().size());
    add(COMMENTS, "Lines that are a comment or blank.", exposition.comments());
    for (Reject reject : exposition.rejects()) {
      rejected(REJECTS, "Lines that could not be read, by reason.", node, target, reject);
    }
  }

  void read(String node, String target, TargetReading reading) {
    for (Reject reject : reading.rejects()) {
      rejected(READING_REJECTS, "Samples not believable, by reason.", node, target, reject);
    }
  }

  void failed(String node, String target, Failure failure) {
    counters
        .counter(
            FAILURES,
            "Scrapes without a reading, by reason.",
            "node",
            node,
            "target",
            target,
            "reason",
            failure.reason().code())
        .increment();
  }

  void ticked() {
    counters.counter(TICKS, TICKS_HELP).increment();
  }

  /**
   * @param node "" = the whole agent was late
   */
  void overrun(String node, long ticks) {
    counters
        .counter(OVERRUNS, "Ticks left out because the one before was not over.", "node", node)
        .add(ticks);
  }

  private void rejected(String name, String help, String node, String target, Reject reject) {
    counters
        .counter(name, help, "node", node, "target", target, "reason", reject.reason())
        .increment();
  }

  private void add(String name, String help, long n) {
    counters.counter(name, help).add(n);
  }
}
