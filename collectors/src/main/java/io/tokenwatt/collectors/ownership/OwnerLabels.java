package io.tokenwatt.collectors.ownership;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who owns a row by the exporter's own labels. Several owners are joined by ",". Pure. */
final class OwnerLabels {
  /**
   * @param container "" = not told
   */
  record Holder(PodRef pod, String container) {}

  private OwnerLabels() {}

  /** Pods; one without a name is none. */
  static Set<Holder> holders(Map<String, String> labels) {
    List<String> pods = values(labels, "pod");
    List<String> namespaces = values(labels, "namespace");
    List<String> containers = values(labels, "container");
    Set<Holder> holders = new LinkedHashSet<>();
    for (int i = 0; i < pods.size(); i++) {
      if (!pods.get(i).isEmpty()) {
        holders.add(new Holder(new PodRef(at(namespaces, i), pods.get(i)), at(containers, i)));
      }
    }
    return holders;
  }

  /** Jobs; each once. */
  static List<String> jobs(Map<String, String> labels) {
    return values(labels, "hpc_job").stream().filter(job -> !job.isBlank()).distinct().toList();
  }

  private static List<String> values(Map<String, String> labels, String key) {
    String joined = labels.getOrDefault(key, "");
    return joined.isEmpty() ? new ArrayList<>() : List.of(joined.split(",", -1));
  }

  private static String at(List<String> values, int index) {
    return index < values.size() ? values.get(index) : "";
  }
}
