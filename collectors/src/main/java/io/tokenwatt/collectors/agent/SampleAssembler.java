package io.tokenwatt.collectors.agent;

import io.tokenwatt.collectors.exporters.GpuRowReading;
import io.tokenwatt.collectors.exporters.TargetReading;
import io.tokenwatt.collectors.ownership.Knowledge;
import io.tokenwatt.collectors.ownership.KnownEngine;
import io.tokenwatt.collectors.ownership.Owners;
import io.tokenwatt.model.proto.Engine;
import io.tokenwatt.model.proto.NodeMetric;
import io.tokenwatt.model.proto.NodeReading;
import io.tokenwatt.model.proto.NodeSample;
import io.tokenwatt.model.proto.ScrapeFailure;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Readings of one node and tick to one record: boards of all targets in one table, engines in the
 * order of their targets.
 */
final class SampleAssembler {
  private SampleAssembler() {}

  /**
   * @param sample the record
   * @param owners what its bindings were resolved from, for advice
   * @param rows of its GPU table
   */
  record Assembled(NodeSample sample, Owners owners, List<GpuRowReading> rows) {}

  /** Of a node whose owners are worked out anew. */
  static Assembled assemble(
      SampleHeader header,
      List<TargetReading> readings,
      List<ScrapeFailure> failures,
      Knowledge knowledge,
      Map<String, Engine> remembered,
      String driver) {
    return assemble(header, readings, failures, knowledge, remembered, driver, new OwnerMemory());
  }

  /**
   * @param remembered every engine of the node by target, with its last answer, also where it is
   *     not among the readings
   * @param driver the boards' driver as last told
   * @param memory of the node's owners
   */
  static Assembled assemble(
      SampleHeader header,
      List<TargetReading> readings,
      List<ScrapeFailure> failures,
      Knowledge knowledge,
      Map<String, Engine> remembered,
      String driver,
      OwnerMemory memory) {
    List<GpuRowReading> rows = readings.stream().flatMap(r -> r.gpus().stream()).toList();
    List<Engine> engines = readings.stream().flatMap(r -> r.engine().stream()).toList();
    Owners owners = memory.resolve(knowledge, rows, known(engines, remembered), driver);
    NodeSample.Builder sample =
        NodeSample.newBuilder()
            .setNode(header.node())
            .setAgentRun(header.agentRun())
            .setSeq(header.seq())
            .setObservedAtMs(header.observedAtMs())
            .setTickMs(header.tickMs())
            .setBootedAtMs(header.bootedAtMs())
            .setAgentVersion(header.agentVersion())
            .setClockJumpMs(header.clockJumpMs())
            .setClockSkewMs(header.clockSkewMs())
            .addAllEngines(engines)
            .addAllBindings(owners.bindings())
            .addAllFailures(failures);
    if (!rows.isEmpty()) {
      sample.setGpus(GpuTables.of(rows, driver));
    }
    readings.forEach(reading -> sample.addAllNodeReadings(reading.node()));
    if (header.puePpm() > 0
        && sample.getNodeReadingsList().stream()
            .noneMatch(reading -> reading.getMetric() == NodeMetric.NODE_PUE_MILLIONTHS)) {
      sample.addNodeReadings(
          NodeReading.newBuilder()
              .setMetric(NodeMetric.NODE_PUE_MILLIONTHS)
              .setValue(header.puePpm()));
    }
    return new Assembled(sample.build(), owners, rows);
  }

  private static List<KnownEngine> known(List<Engine> engines, Map<String, Engine> remembered) {
    List<KnownEngine> known = new ArrayList<>();
    for (int i = 0; i < engines.size(); i++) {
      known.add(known(engines.get(i), OptionalInt.of(i)));
    }
    Set<String> answered = new HashSet<>();
    engines.forEach(engine -> answered.add(engine.getInstance()));
    remembered.forEach(
        (target, engine) -> {
          if (!answered.contains(target)) {
            known.add(known(engine, OptionalInt.empty()));
          }
        });
    return known;
  }

  private static KnownEngine known(Engine engine, OptionalInt position) {
    String model = engine.getSeriesCount() == 0 ? "" : engine.getSeries(0).getModelName();
    return new KnownEngine(
        engine.getInstance(), engine.getKind(), model, engine.getInfoMap(), position);
  }
}
