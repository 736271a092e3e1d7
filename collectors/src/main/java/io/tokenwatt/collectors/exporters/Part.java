package io.tokenwatt.collectors.exporters;

import io.tokenwatt.collectors.exposition.Labels;
import java.util.List;
import java.util.Set;

/**
 * One metric of an exporter as a source of one of ours.
 *
 * @param name as the exporter writes it, its prefix included
 * @param rules about the sample's labels; all must admit it
 * @param missing values by which the exporter says "no reading"
 */
record Part(String name, Scale scale, List<LabelRule> rules, Set<Double> missing) {
  boolean admits(Labels labels) {
    for (LabelRule rule : rules) {
      if (!rule.admits(labels)) {
        return false;
      }
    }
    return true;
  }
}
