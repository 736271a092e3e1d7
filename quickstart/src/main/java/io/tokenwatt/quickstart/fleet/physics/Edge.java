package io.tokenwatt.quickstart.fleet.physics;

import java.util.Map;

/**
 * The true state of a node at an instant, not what anybody was shown: all counts since the
 * simulation began, never reset.
 *
 * @param atMs Unix ms, a multiple of the edge period
 * @param outputTokens by engine name
 * @param promptTokens by engine name, cached included
 * @param energyMj by board UUID, truncated to whole millijoules
 */
public record Edge(
    long atMs,
    Map<String, Long> outputTokens,
    Map<String, Long> promptTokens,
    Map<String, Long> energyMj) {}
