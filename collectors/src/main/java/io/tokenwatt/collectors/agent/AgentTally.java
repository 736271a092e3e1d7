package io.tokenwatt.collectors.agent;

import io.tokenwatt.collectors.http.Counters;

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

  /** Of one target. */
  TargetTally of(String node, String target) {
    return new TargetTally(counters, node, target);
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
}
