package io.tokenwatt.dashboards.catalogue;

import io.tokenwatt.dashboards.source.Dashboard;
import java.util.List;

/** All dashboards that ship, in the order in which a reader meets them. */
public final class Dashboards {
  private Dashboards() {}

  public static List<Dashboard> all() {
    return List.of(
        FleetEfficiency.dashboard(),
        RegionHardware.dashboard(),
        ModelWorkload.dashboard(),
        NodeAndGpu.dashboard(),
        LatencySlo.dashboard(),
        CostAndCapacity.dashboard(),
        Regressions.dashboard(),
        PipelineHealth.dashboard());
  }
}
