package io.tokenwatt.jobs.changes;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What sets a deployment apart from the one before.
 *
 * @param from the deployment before; "" = none
 * @param changed by name of an option: "old to new"
 */
record Difference(String from, String to, Map<String, String> changed) {
  private static final int SHOWN = 4;
  private static final int MAX_TEXT = 200;

  static Difference none(NodeChanges.Running now) {
    return new Difference("", now.deployment(), Map.of());
  }

  /**
   * @param before what the replicas ran; compared with the one that is most like it
   */
  static Difference of(List<NodeChanges.Running> before, NodeChanges.Running now) {
    Difference least = null;
    for (NodeChanges.Running each : before) {
      Difference difference =
          new Difference(each.deployment(), now.deployment(), between(each.info(), now.info()));
      if (least == null || difference.changed.size() < least.changed.size()) {
        least = difference;
      }
    }
    return least == null ? none(now) : least;
  }

  private static Map<String, String> between(Map<String, String> old, Map<String, String> now) {
    TreeSet<String> names = new TreeSet<>(old.keySet());
    names.addAll(now.keySet());
    TreeMap<String, String> changed = new TreeMap<>();
    for (String name : names) {
      String was = old.getOrDefault(name, "");
      String is = now.getOrDefault(name, "");
      if (!was.equals(is)) {
        changed.put(
            name, cut((was.isEmpty() ? "none" : was) + " to " + (is.isEmpty() ? "none" : is)));
      }
    }
    return changed;
  }

  String title(String workload, boolean firstSeen) {
    if (from.isEmpty()) {
      return workload + (firstSeen ? " runs as " : " started as ") + to;
    }
    StringBuilder text = new StringBuilder(workload);
    text.append(from.equals(to) ? ": options of " + to : ": " + from + " to " + to);
    String separator = " (";
    int shown = 0;
    for (Map.Entry<String, String> each : changed.entrySet()) {
      if (shown++ < SHOWN) {
        text.append(separator).append(each.getKey()).append(' ').append(each.getValue());
        separator = ", ";
      }
    }
    return text.append(shown == 0 ? "" : shown > SHOWN ? ", …)" : ")").toString();
  }

  /** from, to, changed (names, with commas), and each option by its name. */
  Map<String, String> attributes() {
    TreeMap<String, String> all = new TreeMap<>(changed);
    all.put("changed", String.join(",", changed.keySet()));
    all.put("from", from);
    all.put("to", to);
    return all;
  }

  private static String cut(String text) {
    return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "…";
  }
}
