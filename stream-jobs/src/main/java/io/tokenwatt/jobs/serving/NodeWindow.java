package io.tokenwatt.jobs.serving;

import io.tokenwatt.jobs.node.MemberPart;
import java.util.HashMap;
import java.util.Map;

/**
 * What one node covered of one engine, under one of its cells, in one window; see {@link
 * MemberPart}. A Flink POJO.
 */
public final class NodeWindow {
  public Map<String, Long> heldMs = new HashMap<>();
  public Map<String, Long> energyMs = new HashMap<>();
  public Map<String, Long> tokenMs = new HashMap<>();
  public String node;
  public long machineMs;
  public long modelledMs;
  public long facilityMs;
  public long facilityModelledMs;

  void add(MemberPart part) {
    part.heldMs().forEach((row, ms) -> heldMs.merge(row, ms, Long::sum));
    part.energyMs().forEach((board, ms) -> energyMs.merge(board, ms, Long::sum));
    part.tokenMs().forEach((series, ms) -> tokenMs.merge(series, ms, Long::sum));
    node = part.node();
    machineMs += part.machineMs();
    modelledMs += part.modelledMs();
    facilityMs += part.facilityMs();
    facilityModelledMs += part.facilityModelledMs();
  }
}
