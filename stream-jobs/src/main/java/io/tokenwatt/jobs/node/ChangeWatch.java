package io.tokenwatt.jobs.node;

import io.tokenwatt.jobs.changes.ChangeDetector;
import io.tokenwatt.jobs.changes.NodeSighting;
import io.tokenwatt.model.ValueLimit;
import io.tokenwatt.model.proto.Engine;
import io.tokenwatt.model.proto.GpuMetric;
import io.tokenwatt.model.proto.NodeSample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Shows a counted sample to the change detector, by the names that the meter has found for it. */
final class ChangeWatch {
  private final NodeState state;
  private final Naming naming;
  private final FactOutput out;

  ChangeWatch(NodeState state, Naming naming, FactOutput out) {
    this.state = state;
    this.naming = naming;
    this.out = out;
  }

  void look(NodeSample sample, Owners owners, Map<String, BoardReading> boards, long atMs) {
    NodeSighting seen =
        new NodeSighting(
            atMs,
            state.recordMs,
            state.place,
            sample.getAgentRun(),
            sample.getAgentVersion(),
            sample.getFailuresCount() > 0,
            sample.getGpus().getDriverVersion(),
            units(sample, owners),
            boards(boards, owners));
    new ChangeDetector(state.changes).compare(seen, out::change);
  }

  private List<NodeSighting.Unit> units(NodeSample sample, Owners owners) {
    List<NodeSighting.Unit> units = new ArrayList<>();
    for (Owners.Owner owner : owners.all()) {
      String workload = owner.binding.getWorkload();
      // Several owners under one name, coming and going: their changes would be inventions.
      if (!owner.isUnattributed()
          && !workload.equals(ValueLimit.OTHER)
          && !owner.binding.getDeployment().equals(ValueLimit.OTHER)) {
        List<Engine> engines = new ArrayList<>(owner.binding.getEnginesCount());
        owner.binding.getEnginesList().forEach(e -> engines.add(sample.getEngines(e)));
        String served = owners.models(owner).get(0);
        units.add(
            new NodeSighting.Unit(
                Owners.memory(owner.binding),
                workload,
                owner.binding.getRole(),
                owner.workload.hardware,
                served.isEmpty() ? "" : naming.model(served),
                owner.binding.getDeployment(),
                engines));
      }
    }
    return units;
  }

  private List<NodeSighting.Board> boards(Map<String, BoardReading> boards, Owners owners) {
    List<NodeSighting.Board> all = new ArrayList<>(boards.size());
    for (BoardReading board : boards.values()) {
      List<Owners.Owner> holders = owners.ofRow(board.holders().get(0).number());
      Owners.Owner holder = holders.isEmpty() ? null : holders.get(0);
      all.add(
          new NodeSighting.Board(
              board.gpu(),
              naming.hardware(board.modelName()),
              board.max(GpuMetric.GPU_POWER_LIMIT_MILLIWATTS).orElse(NodeSighting.NO_READING),
              holder == null ? "" : holder.binding.getWorkload(),
              holder == null ? "" : holder.workload.deployment));
    }
    return all;
  }
}
