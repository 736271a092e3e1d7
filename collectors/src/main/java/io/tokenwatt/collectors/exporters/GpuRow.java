package io.tokenwatt.collectors.exporters;

import io.tokenwatt.collectors.exposition.Labels;
import io.tokenwatt.model.proto.GpuMetric;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;

/** A row while an exposition is read. */
final class GpuRow {
  private final Key key;
  private final Map<GpuMetric, Cell> cells = new EnumMap<>(GpuMetric.class);
  private final Set<Map<String, String>> owners = new LinkedHashSet<>();
  private String profile = "";
  private String modelName = "";
  private int index = -1;

  record Key(GpuId id, int instance) {}

  GpuRow(Key key) {
    this.key = key;
  }

  int instance() {
    return key.instance();
  }

  void describe(Labels labels, GpuLabels names) {
    profile = profile.isEmpty() && key.instance() > 0 ? names.profile().in(labels) : profile;
    modelName = modelName.isEmpty() ? names.model().in(labels) : modelName;
    index = index < 0 ? names.indexOf(labels) : index;
    Map<String, String> owner = names.ownerOf(labels);
    if (!owner.isEmpty()) {
      owners.add(owner);
    }
  }

  void offer(Hook<GpuMetric> hook, long value, int slot) {
    cells.computeIfAbsent(hook.metric(), metric -> new Cell()).offer(hook, value, slot);
  }

  Map<GpuMetric, CellPlan> plan() {
    Map<GpuMetric, CellPlan> plan = new EnumMap<>(GpuMetric.class);
    cells.forEach((metric, cell) -> plan.put(metric, cell.plan()));
    return plan;
  }

  GpuRowReading reading() {
    Map<GpuMetric, Long> values = new EnumMap<>(GpuMetric.class);
    cells.forEach((metric, cell) -> values.put(metric, cell.value()));
    return new GpuRowReading(
        key.id(),
        key.instance(),
        profile,
        modelName,
        index,
        Collections.unmodifiableMap(ownerLabels()),
        Collections.unmodifiableMap(values));
  }

  private Map<String, String> ownerLabels() {
    if (owners.size() == 1) {
      return owners.iterator().next();
    }
    Set<String> keys = new LinkedHashSet<>();
    owners.forEach(owner -> keys.addAll(owner.keySet()));
    Map<String, String> joined = new LinkedHashMap<>();
    for (String label : keys) {
      StringJoiner values = new StringJoiner(",");
      owners.forEach(owner -> values.add(owner.getOrDefault(label, "")));
      joined.put(label, values.toString());
    }
    return joined;
  }
}
