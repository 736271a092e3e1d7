package io.tokenwatt.jobs.recordtime;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Properties;

/**
 * Which heartbeats are written.
 *
 * @param topics to each partition of these; they must be LogAppendTime
 * @param every how often; zero = never
 * @param kafka a client's properties; never shown
 */
public record Heartbeats(String bootstrap, List<String> topics, Duration every, Properties kafka)
    implements Serializable {
  private static final long serialVersionUID = 1;

  public Heartbeats {
    topics = List.copyOf(topics);
  }

  @Override
  public String toString() {
    return "heartbeats to " + topics + " every " + every;
  }
}
