package io.tokenwatt.collectors.exporters;

import io.tokenwatt.collectors.exposition.Labels;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which labels of an exporter name a board and what is known of it.
 *
 * @param instance number of the MIG instance or partition
 * @param wholeWhen all of these admit = the row is the whole board, whatever its partition number;
 *     empty = never
 * @param owner our key (pod, namespace, …) to the exporter's labels
 * @param ownPods parts of the names of the exporter's own pods: of a board without an owner a
 *     Prometheus fills the empty label with the pod that it scraped
 */
record GpuLabels(
    LabelNames id,
    LabelNames index,
    LabelNames model,
    LabelNames driver,
    LabelNames instance,
    LabelNames profile,
    List<LabelRule> wholeWhen,
    Map<String, LabelNames> owner,
    List<String> ownPods) {

  /** 0 = the whole board, n + 1 = instance n; -1 = the label is no number. */
  int instanceOf(Labels labels) {
    String text = instance.in(labels);
    if (text.isEmpty() || isWhole(labels)) {
      return 0;
    }
    int number = number(text);
    return number < 0 ? -1 : number + 1;
  }

  private boolean isWhole(Labels labels) {
    return !wholeWhen.isEmpty() && wholeWhen.stream().allMatch(rule -> rule.admits(labels));
  }

  /** -1 where there is none. */
  int indexOf(Labels labels) {
    return number(index.in(labels));
  }

  /** Those present and not empty; none where the pod is the exporter's own. */
  Map<String, String> ownerOf(Labels labels) {
    Map<String, String> found = new LinkedHashMap<>();
    owner.forEach(
        (key, names) -> {
          String value = names.in(labels);
          if (!value.isEmpty()) {
            found.put(key, value);
          }
        });
    String pod = found.getOrDefault("pod", "");
    return ownPods.stream().anyMatch(pod::contains) ? Map.of() : found;
  }

  private static int number(String text) {
    try {
      return text.length() > 6 ? -1 : Integer.parseUnsignedInt(text);
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
