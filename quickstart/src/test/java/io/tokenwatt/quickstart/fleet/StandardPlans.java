package io.tokenwatt.quickstart.fleet;

import io.tokenwatt.quickstart.fleet.physics.NodePlan;
import java.util.List;

/** The standard layout's nodes as the physics takes them, for tests without ports. */
public final class StandardPlans {
  private StandardPlans() {}

  /** A node that shares its engines with no other. */
  public static NodePlan of(String node, FleetOptions options, long startUs) {
    return FleetLayout.standard().stream()
        .flatMap(List::stream)
        .filter(spec -> spec.name().equals(node))
        .map(spec -> NodePlans.of(spec, options, startUs))
        .findFirst()
        .orElseThrow();
  }
}
