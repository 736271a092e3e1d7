package io.tokenwatt.collectors.backfill;

import io.tokenwatt.collectors.discovery.NodeSpec;
import java.util.Map;
import java.util.Optional;

/**
 * A target of the Prometheus as a target of ours.
 *
 * @param name unique on the node, the same in every hour
 * @param kind of the exporter; empty = told by its names
 * @param adapters as in {@link io.tokenwatt.collectors.scrape.TargetSpec}
 */
record SourceTarget(
    Key key, NodeSpec node, String name, Optional<String> kind, Map<String, String> adapters) {

  /** What the Prometheus knows it by; "" where it has no such label. */
  record Key(String job, String instance) {
    static Key of(Map<String, String> labels) {
      return new Key(labels.getOrDefault("job", ""), labels.getOrDefault("instance", ""));
    }
  }
}
