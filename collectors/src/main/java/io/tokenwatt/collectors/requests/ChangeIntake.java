package io.tokenwatt.collectors.requests;

import io.tokenwatt.collectors.http.Counters;
import io.tokenwatt.collectors.http.Json;
import io.tokenwatt.collectors.publish.EventPublisher;
import io.tokenwatt.model.Topics;
import io.tokenwatt.model.proto.ChangeEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /v1/events}: changes as people and CI tell them, one JSON object or one per line.
 * Received = published + rejected + failed. Thread-safe.
 */
final class ChangeIntake {
  static final String EVENTS = "tokenwatt_changes_events_total";
  static final String REJECTED = "tokenwatt_changes_rejected_total";
  private static final Logger LOG = LoggerFactory.getLogger(ChangeIntake.class);
  private static final int SHOWN_ERRORS = 20;
  private static final List<String> LINES = List.of("application/x-ndjson", "application/jsonl");

  private final String agent;
  private final EventPublisher publisher;
  private final Counters counters;
  private final LongSupplier clock;

  ChangeIntake(String agent, EventPublisher publisher, Counters counters, LongSupplier clock) {
    this.agent = agent;
    this.publisher = publisher;
    this.counters = counters;
    this.clock = clock;
    for (String outcome : new String[] {"published", "rejected", "failed"}) {
      count(outcome, 0);
    }
  }

  /** What became of a body. */
  record Answer(int status, String json) {}

  private record Rejected(int line, int bytes, ChangeRejected why) {}

  Answer take(byte[] body, String type) throws BodyRefused {
    if (!LINES.contains(type) && !type.equals("application/json")) {
      throw new BodyRefused(
          415, "Content-Type is application/json (one event) or application/x-ndjson (one a line)");
    }
    List<ChangeEvent> events = new ArrayList<>();
    List<Rejected> rejected = new ArrayList<>();
    if (LINES.contains(type)) {
      lines(body, events, rejected);
    } else {
      take(body, 0, body.length, 1, events, rejected);
    }
    publish(events);
    rejected.forEach(this::tell);
    if (!events.isEmpty()) {
      LOG.info("events taken: {}, first: {}", events.size(), events.get(0).getEventId());
    }
    return answer(events, rejected);
  }

  private void lines(byte[] body, List<ChangeEvent> events, List<Rejected> rejected) {
    int number = 0;
    for (int start = 0, end; start < body.length; start = end + 1) {
      end = start;
      boolean blank = true;
      while (end < body.length && body[end] != '\n') {
        blank &= body[end] == ' ' || body[end] == '\t' || body[end] == '\r';
        end++;
      }
      number++;
      if (!blank) {
        take(body, start, end - start, number, events, rejected);
      }
    }
  }

  private void take(
      byte[] body,
      int from,
      int length,
      int line,
      List<ChangeEvent> events,
      List<Rejected> rejected) {
    try {
      events.add(ChangeLine.parse(body, from, length, agent, clock.getAsLong()));
    } catch (ChangeRejected e) {
      rejected.add(new Rejected(line, length, e));
    }
  }

  private void publish(List<ChangeEvent> events) throws BodyRefused {
    List<EventPublisher.Keyed> records = new ArrayList<>(events.size());
    events.forEach(e -> records.add(new EventPublisher.Keyed(e.getEventId(), e.toByteArray())));
    String failure = publisher.publish(Topics.EVENTS, records);
    if (!failure.isEmpty()) {
      count("failed", events.size());
      LOG.warn("events cannot be published to {}: {}", Topics.EVENTS, failure);
      throw new BodyRefused(
          503,
          "Kafka does not take events now (topic "
              + Topics.EVENTS
              + ": "
              + failure
              + "); send the body again");
    }
    count("published", events.size());
  }

  private void tell(Rejected rejected) {
    count("rejected", 1);
    counters
        .counter(
            REJECTED,
            "Change events not taken, by reason and field.",
            "reason",
            rejected.why.reason(),
            "field",
            rejected.why.ownKey())
        .increment();
    publisher.reject(Topics.EVENTS, rejected.why.reason(), rejected.why.ownKey(), rejected.bytes);
  }

  private static Answer answer(List<ChangeEvent> events, List<Rejected> rejected) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("accepted", events.size());
    all.put("rejected", rejected.size());
    all.put("event_ids", events.stream().map(ChangeEvent::getEventId).toList());
    List<Object> errors = new ArrayList<>();
    rejected.stream().limit(SHOWN_ERRORS).forEach(r -> errors.add(error(r)));
    all.put("errors", errors);
    return new Answer(events.isEmpty() ? 400 : 200, Json.of(all) + "\n");
  }

  private static Map<String, Object> error(Rejected rejected) {
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("line", rejected.line);
    error.put("reason", rejected.why.reason());
    error.put("key", rejected.why.key());
    error.put("message", rejected.why.getMessage());
    return error;
  }

  private void count(String outcome, int n) {
    counters
        .counter(EVENTS, "Change events received, by what became of them.", "outcome", outcome)
        .add(n);
  }
}
