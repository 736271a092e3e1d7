package io.tokenwatt.jobs.node;

import io.tokenwatt.model.Cell;
import io.tokenwatt.model.ValueLimit;
import java.io.Serializable;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * How many values a node may bring into each free-text dimension, and which ones the operator wants
 * to see at all.
 *
 * @param perNode different values within the horizon; more are called {@link ValueLimit#OTHER}
 * @param only of the whole fleet, these and no others; a label that is not here has no such list. A
 *     pure function of the value: it bounds what all nodes together can bring
 * @param horizonMs a value that was not seen for this long gives up its place
 */
public record LabelLimits(Map<Label, Integer> perNode, Map<Label, Set<String>> only, long horizonMs)
    implements Serializable {

  /** Dimensions whose values come from outside and could be without end. */
  public enum Label {
    WORKLOAD,
    OWNER,
    DEPLOYMENT,
    MODEL;

    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public static final LabelLimits DEFAULT = of(256, Map.of());

  public LabelLimits {
    perNode = Map.copyOf(perNode);
    only = Map.copyOf(only);
  }

  /** The same limit for each label, within an hour. */
  public static LabelLimits of(int limit, Map<Label, Set<String>> only) {
    Map<Label, Integer> all = new EnumMap<>(Label.class);
    for (Label label : Label.values()) {
      all.put(label, limit);
    }
    return new LabelLimits(all, only, 3_600_000);
  }

  /** The operator wants to see this value, or said nothing of the label. */
  boolean wants(Label label, String value) {
    Set<String> listed = only.get(label);
    return listed == null || value.isEmpty() || isOurs(value) || listed.contains(value);
  }

  private static boolean isOurs(String value) {
    return value.equals(Cell.UNATTRIBUTED)
        || value.equals(Cell.UNALLOCATED)
        || value.equals(ValueLimit.OTHER);
  }
}
