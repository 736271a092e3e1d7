package io.tokenwatt.collectors.agent;

import io.tokenwatt.collectors.exporters.GpuRowReading;
import io.tokenwatt.collectors.ownership.Knowledge;
import io.tokenwatt.collectors.ownership.KnownEngine;
import io.tokenwatt.collectors.ownership.Owners;
import io.tokenwatt.collectors.ownership.Ownership;
import java.util.List;

/**
 * Who owns what, worked out again only where something that tells of it has changed: not the
 * readings, but boards, engines, pods or bindings. One thread at a time; one per node.
 */
final class OwnerMemory {
  private Knowledge knowledge;
  private List<GpuRowReading> rows = List.of();
  private List<KnownEngine> engines = List.of();
  private String driver = "";
  private Owners owners;

  /** As {@link Ownership#resolve}. */
  Owners resolve(
      Knowledge nowKnown,
      List<GpuRowReading> nowRows,
      List<KnownEngine> nowEngines,
      String nowDriver) {
    boolean same =
        owners != null
            && driver.equals(nowDriver)
            && engines.equals(nowEngines)
            && alike(rows, nowRows)
            && knowledge.equals(nowKnown);
    if (!same) {
      owners = Ownership.resolve(nowKnown, nowRows, nowEngines, nowDriver);
    }
    knowledge = nowKnown;
    rows = nowRows;
    engines = nowEngines;
    driver = nowDriver;
    return owners;
  }

  private static boolean alike(List<GpuRowReading> before, List<GpuRowReading> now) {
    if (before.size() != now.size()) {
      return false;
    }
    for (int i = 0; i < now.size(); i++) {
      if (!before.get(i).isOfSameBoard(now.get(i))) {
        return false;
      }
    }
    return true;
  }
}
