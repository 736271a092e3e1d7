package io.tokenwatt.collectors.discovery;

import io.tokenwatt.collectors.scrape.TargetSpec;

/** A target and the node that its labels name. */
public record DiscoveredTarget(NodeSpec node, TargetSpec target) {}
