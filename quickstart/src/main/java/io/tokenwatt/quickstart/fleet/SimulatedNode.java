package io.tokenwatt.quickstart.fleet;

import java.util.List;

/**
 * One node of the running fleet: all that an agent has to be told, and the truth. Immutable but for
 * the truth, which grows.
 *
 * @param hardware the boards' name as dcgm-exporter writes it
 * @param peculiarity what is special about the node; "" = nothing
 */
public record SimulatedNode(
    NodePlace place,
    String hardware,
    List<SimulatedTarget> targets,
    List<SimulatedBinding> bindings,
    String peculiarity,
    Truth truth) {

  public String name() {
    return place.node();
  }
}
