package io.tokenwatt.jobs.latency;

import io.tokenwatt.model.RequestSketch;

/**
 * One entry of table slos, as far as judging one event needs it.
 *
 * @param slo name; of its entries the latest that is in force counts
 * @param model canonical; "" = every
 * @param serviceClass "" = every
 * @param measure what it is about, by whose clock
 * @param targetUs good up to here; 0 = the SLO is given up from {@code effectiveFromMs} on
 */
public record Slo(
    String slo,
    String model,
    String serviceClass,
    RequestSketch measure,
    long targetUs,
    long effectiveFromMs,
    long version)
    implements java.io.Serializable {

  boolean appliesTo(String eventModel, String eventClass) {
    return (model.isEmpty() || model.equals(eventModel))
        && (serviceClass.isEmpty() || serviceClass.equals(eventClass));
  }

  /** Model and class, model, class, neither. */
  int precedence() {
    return (model.isEmpty() ? 0 : 2) + (serviceClass.isEmpty() ? 0 : 1);
  }
}
