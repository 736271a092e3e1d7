package io.tokenwatt.jobs.latency;

import io.tokenwatt.model.RequestSketch;
import java.io.Serializable;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The SLOs in force for an event, by its time. For each measure the most particular one counts
 * (model and class, then model, then class, then neither); of equals the strictest. Immutable.
 */
public final class SloBook implements Serializable {
  private static final long serialVersionUID = 1;

  /** Without any, nothing is judged. */
  public static final SloBook EMPTY = new SloBook(List.of());

  private final List<Slo> entries;

  public SloBook(List<Slo> entries) {
    this.entries = List.copyOf(entries);
  }

  public Map<RequestSketch, Slo> inForce(String model, String serviceClass, long atMs) {
    Map<String, Slo> latest = new HashMap<>();
    for (Slo entry : entries) {
      if (entry.effectiveFromMs() <= atMs) {
        latest.merge(
            entry.slo(), entry, (a, b) -> b.effectiveFromMs() >= a.effectiveFromMs() ? b : a);
      }
    }
    Map<RequestSketch, Slo> chosen = new EnumMap<>(RequestSketch.class);
    for (Slo slo : latest.values()) {
      if (slo.targetUs() > 0 && slo.appliesTo(model, serviceClass)) {
        chosen.merge(slo.measure(), slo, SloBook::stronger);
      }
    }
    return chosen;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SloBook book && entries.equals(book.entries);
  }

  @Override
  public int hashCode() {
    return entries.hashCode();
  }

  private static Slo stronger(Slo a, Slo b) {
    if (a.precedence() != b.precedence()) {
      return a.precedence() > b.precedence() ? a : b;
    }
    return a.targetUs() <= b.targetUs() ? a : b;
  }
}
