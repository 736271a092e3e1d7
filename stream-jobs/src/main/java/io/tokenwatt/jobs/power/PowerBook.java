package io.tokenwatt.jobs.power;

import io.tokenwatt.model.catalogue.NodeClass;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Node classes and the sites' PUE over time, as they stood when the job started. A change of either
 * acts on what is metered after a restart; on the past only by a deliberate recomputation (epoch),
 * so that what was stored stays what was known then. Immutable, thread-safe.
 */
public final class PowerBook implements Serializable {
  private static final long serialVersionUID = 1;

  /** No class, no PUE: machine and facility energy are unknown where nothing meters them. */
  public static final PowerBook EMPTY = new PowerBook(List.of(), List.of());

  private final Map<String, NodeClass> classes = new HashMap<>();
  private final Map<String, TreeMap<Long, Long>> pues = new HashMap<>();

  /** Entries of PUE that are not plausible are left out: unknown rather than wrong. */
  public PowerBook(List<NodeClass> classes, List<PueEntry> pues) {
    classes.forEach(c -> this.classes.put(c.name(), c));
    pues.stream()
        .filter(entry -> PueEntry.isPlausible(entry.puePpm()))
        .forEach(
            entry ->
                this.pues
                    .computeIfAbsent(entry.site(), site -> new TreeMap<>())
                    .put(entry.effectiveFromMs(), entry.puePpm()));
  }

  public Optional<NodeClass> nodeClass(String name) {
    return Optional.ofNullable(classes.get(name));
  }

  /** The site's PUE x 10^6 in force at the start of a window, by event time. */
  public OptionalLong puePpm(String site, long windowStartMs) {
    TreeMap<Long, Long> history = pues.get(site);
    Map.Entry<Long, Long> inForce = history == null ? null : history.floorEntry(windowStartMs);
    return inForce == null ? OptionalLong.empty() : OptionalLong.of(inForce.getValue());
  }
}
