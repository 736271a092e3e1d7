package io.tokenwatt.collectors.requests;

import io.tokenwatt.collectors.http.Counters;
import io.tokenwatt.collectors.http.Health;
import io.tokenwatt.model.ValueLimit;
import io.tokenwatt.model.proto.RequestEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Keeps what clients can write freely from filling Kafka and tables: of each label a number of
 * values an hour, the rest as "(other)". Decided here, before events are published, so that the log
 * holds the decision and every run of the job counts the same; a restart of the agent deals places
 * anew. Thread-safe.
 */
final class RequestLabels {
  static final String FOLDED = "tokenwatt_requests_values_beyond_limit_total";
  static final String HEALTH = "request labels";
  private static final long HOUR_MS = 3_600_000;

  /** A field of the event and its places. */
  private static final class Label {
    private final String name;
    private final int limit;
    private final ValueLimit places;
    private final Function<RequestEvent, String> get;
    private final BiConsumer<RequestEvent.Builder, String> set;

    Label(
        String name,
        int limit,
        Function<RequestEvent, String> get,
        BiConsumer<RequestEvent.Builder, String> set) {
      this.name = name;
      this.limit = limit;
      this.places = new ValueLimit(new HashMap<>(), limit, HOUR_MS);
      this.get = get;
      this.set = set;
    }
  }

  private final List<Label> labels;
  private final Counters counters;
  private final Health health;
  private final LongSupplier nowMs;
  private long lastFoldedMs = Long.MIN_VALUE;

  RequestLabels(LabelLimits limits, Counters counters, Health health, LongSupplier nowMs) {
    this.counters = counters;
    this.health = health;
    this.nowMs = nowMs;
    this.labels =
        List.of(
            new Label(
                "model",
                limits.model(),
                RequestEvent::getModelName,
                RequestEvent.Builder::setModelName),
            new Label(
                "adapter",
                limits.adapter(),
                RequestEvent::getAdapter,
                RequestEvent.Builder::setAdapter),
            new Label(
                "tenant",
                limits.tenant(),
                RequestEvent::getTenant,
                RequestEvent.Builder::setTenant),
            new Label(
                "client_region",
                limits.clientRegion(),
                RequestEvent::getClientRegion,
                RequestEvent.Builder::setClientRegion),
            new Label(
                "service_class",
                limits.serviceClass(),
                RequestEvent::getServiceClass,
                RequestEvent.Builder::setServiceClass));
    health.declare(HEALTH, false);
    labels.forEach(label -> count(label, 0));
  }

  /** The events as they are published; those within the limits are the same objects. */
  synchronized List<RequestEvent> fold(List<RequestEvent> events) {
    long now = nowMs.getAsLong();
    List<RequestEvent> told = new ArrayList<>(events.size());
    events.forEach(event -> told.add(fold(event, now)));
    if (lastFoldedMs == Long.MIN_VALUE || now - lastFoldedMs > HOUR_MS) {
      health.up(HEALTH);
    }
    return told;
  }

  private RequestEvent fold(RequestEvent event, long now) {
    RequestEvent.Builder changed = null;
    for (Label label : labels) {
      String value = label.get.apply(event);
      if (!label.places.admit(value, now).equals(value)) {
        changed = changed == null ? event.toBuilder() : changed;
        label.set.accept(changed, ValueLimit.OTHER);
        lastFoldedMs = now;
        count(label, 1);
        health.down(
            HEALTH,
            "more than %d values of %s within an hour; the rest is counted under %s"
                .formatted(label.limit, label.name, ValueLimit.OTHER));
      }
    }
    return changed == null ? event : changed.build();
  }

  private void count(Label label, int n) {
    counters
        .counter(FOLDED, "Values of events beyond the limit of their label.", "label", label.name)
        .add(n);
  }
}
