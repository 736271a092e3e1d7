package io.tokenwatt.model.fact;

/** Where a node stands; "" where unknown. Immutable. */
public record Place(
    String node, String region, String zone, String cluster, String site, String rack) {}
