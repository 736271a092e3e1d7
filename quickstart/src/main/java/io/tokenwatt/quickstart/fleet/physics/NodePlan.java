package io.tokenwatt.quickstart.fleet.physics;

import java.util.List;

/**
 * A machine to be built.
 *
 * @param node its name; with the seed it decides UUIDs, silicon and traffic
 * @param boards the slices of each board
 * @param collectPeriodUs dcgm-exporter's {@code -c}, at least 1 s
 * @param training whole boards that train a model, by index
 */
public record NodePlan(
    String node,
    Hardware hardware,
    List<List<Slice>> boards,
    long collectPeriodUs,
    Daylight daylight,
    List<EnginePlan> engines,
    List<Integer> training) {

  public NodePlan {
    boards = List.copyOf(boards);
    engines = List.copyOf(engines);
    training = List.copyOf(training);
  }
}
