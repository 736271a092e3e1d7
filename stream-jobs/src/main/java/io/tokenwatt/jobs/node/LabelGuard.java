package io.tokenwatt.jobs.node;

import io.tokenwatt.jobs.node.LabelLimits.Label;
import io.tokenwatt.model.ValueLimit;
import io.tokenwatt.model.proto.Binding;
import io.tokenwatt.model.proto.Engine;
import io.tokenwatt.model.proto.EngineSeries;
import io.tokenwatt.model.proto.NodeSample;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Keeps a runaway label from filling state, Kafka and tables: values beyond the limit of a node are
 * counted under "(other)". Nothing is lost by that: the joules, tokens and time of the folded rows
 * are in the rows of "(other)".
 *
 * <p>It decides from one node's records in their order, so the same log is dealt the same way at
 * any parallelism and after any restart (law 4). A limit over all nodes could not: which node's
 * value came first depends on how partitions are read. For the fleet there are lists, a pure
 * function of the value.
 */
final class LabelGuard {
  /** Workloads that are remembered though none of them has a place any more. */
  private static final int REMEMBERED = 1024;

  /** Between two notes on one label. */
  private static final long TOLD_EVERY_MS = 3_600_000;

  private static final String OTHER = ValueLimit.OTHER;

  private final NodeState state;
  private final LabelLimits limits;
  private Map<Label, Integer> folded = new EnumMap<>(Label.class);
  private String news = "";

  LabelGuard(NodeState state, LabelLimits limits) {
    this.state = state;
    this.limits = limits;
  }

  /** The sample as it is counted; the same object where nothing is beyond a limit. */
  NodeSample fold(NodeSample sample, long atMs) {
    folded = new EnumMap<>(Label.class);
    news = "";
    NodeSample.Builder changed = null;
    Set<Integer> seen = new HashSet<>();
    for (int i = 0; i < sample.getBindingsCount(); i++) {
      Binding before = sample.getBindings(i);
      Binding after = fold(before, atMs);
      if (after != before) {
        changed = changed == null ? sample.toBuilder() : changed;
        changed.setBindings(i, after);
      }
      boolean whole = after.getWorkload().equals(OTHER);
      for (int e : before.getEnginesList()) {
        Engine engine = sample.getEngines(e);
        Engine told = seen.add(e) ? fold(engine, whole, atMs) : engine;
        if (told != engine) {
          changed = changed == null ? sample.toBuilder() : changed;
          changed.setEngines(e, told);
        }
      }
    }
    NodeSample counted = changed == null ? sample : changed.build();
    forget(counted);
    return counted;
  }

  /** How many values this sample had beyond the limits, by label. */
  Map<Label, Integer> folded() {
    return folded;
  }

  /** What a person should be told of it, at most once an hour and label; "" = nothing. */
  String news() {
    return news;
  }

  private Binding fold(Binding b, long atMs) {
    String workload = admit(Label.WORKLOAD, b.getWorkload(), atMs);
    boolean whole = workload.equals(OTHER);
    // A folded workload takes no places for what else it brings.
    String deployment = whole ? OTHER : admit(Label.DEPLOYMENT, b.getDeployment(), atMs);
    String model = whole ? OTHER : admit(Label.MODEL, b.getModelName(), atMs);
    String owner = admit(Label.OWNER, b.getOwner(), atMs);
    boolean same =
        workload.equals(b.getWorkload())
            && deployment.equals(b.getDeployment())
            && model.equals(b.getModelName())
            && owner.equals(b.getOwner());
    return same
        ? b
        : b.toBuilder()
            .setWorkload(workload)
            .setDeployment(deployment)
            .setModelName(model)
            .setOwner(owner)
            .build();
  }

  private Engine fold(Engine engine, boolean whole, long atMs) {
    Engine.Builder changed = null;
    for (int i = 0; i < engine.getSeriesCount(); i++) {
      EngineSeries series = engine.getSeries(i);
      String name = series.getModelName();
      String base = Owners.baseOf(engine, name);
      if (whole || admit(Label.MODEL, base, atMs).equals(OTHER)) {
        changed = changed == null ? engine.toBuilder() : changed;
        // Its counters stay a series of their own: sums of changing sets would jump.
        changed.setSeries(
            i,
            series.toBuilder()
                .setModelName(OTHER)
                .setRank(name + '\u001f' + series.getRank())
                .build());
      }
    }
    return changed == null ? engine : changed.build();
  }

  private String admit(Label label, String value, long atMs) {
    NodeState.Places places =
        state.labels.computeIfAbsent(label.label(), l -> new NodeState.Places());
    int limit = limits.perNode().getOrDefault(label, Integer.MAX_VALUE);
    boolean wanted = limits.wants(label, value);
    String admitted =
        wanted
            ? new ValueLimit(places.lastSeen, limit, limits.horizonMs()).admit(value, atMs)
            : OTHER;
    if (admitted.equals(OTHER) && !value.equals(OTHER)) {
      folded.merge(label, 1, Integer::sum);
      tell(label, value, wanted, places, atMs);
    }
    return admitted;
  }

  private void tell(Label label, String value, boolean wanted, NodeState.Places places, long atMs) {
    if (wanted && atMs >= places.toldMs + TOLD_EVERY_MS) {
      places.toldMs = atMs;
      news =
          "%s \"%s\" is beyond %d values of this node within %d min and counted under %s"
              .formatted(
                  label.label(),
                  value,
                  limits.perNode().get(label),
                  limits.horizonMs() / 60_000,
                  OTHER);
    }
  }

  /** What is known of workloads whose name has no place any more and that this sample lacks. */
  private void forget(NodeSample counted) {
    if (state.workloads.size() <= REMEMBERED) {
      return;
    }
    Set<String> present = new HashSet<>();
    counted.getBindingsList().forEach(b -> present.add(Owners.memory(b)));
    Set<String> placed = state.labels.get(Label.WORKLOAD.label()).lastSeen.keySet();
    state
        .workloads
        .keySet()
        .removeIf(
            key ->
                !present.contains(key)
                    && !placed.contains(key.substring(0, key.indexOf('\u001f'))));
  }
}
