package io.tokenwatt.collectors.agent;

import io.tokenwatt.collectors.exporters.TargetReading;
import io.tokenwatt.model.proto.Engine;
import io.tokenwatt.model.proto.EngineSeries;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Each engine's last answer, without its numbers, and the driver as last told: what must not
 * flicker when a scrape fails. Not thread-safe; one per node.
 */
final class EngineMemory {
  private final Map<String, Engine> engines = new LinkedHashMap<>();
  private String driver = "";

  /** Learns from a tick's readings; forgets engines that are no targets any more. */
  void learn(List<TargetReading> readings, Set<String> targets) {
    engines.keySet().retainAll(targets);
    for (TargetReading reading : readings) {
      reading.engine().ifPresent(engine -> learn(reading.instance(), engine));
      if (reading.engine().isEmpty()) {
        engines.remove(reading.instance());
      }
      if (!reading.driverVersion().isEmpty()) {
        driver = reading.driverVersion();
      }
    }
  }

  private void learn(String target, Engine engine) {
    Engine before = engines.get(target);
    if (before == null || !saysTheSame(before, engine)) {
      engines.merge(target, bare(engine), this::keepModel);
    }
  }

  private static boolean saysTheSame(Engine before, Engine now) {
    return now.getSeriesCount() > 0
        && before.getSeriesCount() > 0
        && now.getSeries(0).getModelName().equals(before.getSeries(0).getModelName())
        && now.getKind().equals(before.getKind())
        && now.getInfoMap().equals(before.getInfoMap());
  }

  /** By target. */
  Map<String, Engine> engines() {
    return engines;
  }

  String driver() {
    return driver;
  }

  // An engine names its model only once it has one loaded.
  private Engine keepModel(Engine before, Engine now) {
    boolean untold = now.getSeriesCount() == 0 || now.getSeries(0).getModelName().isEmpty();
    return untold
        ? now.toBuilder().clearSeries().addAllSeries(before.getSeriesList()).build()
        : now;
  }

  private static Engine bare(Engine engine) {
    Engine.Builder bare =
        Engine.newBuilder()
            .setInstance(engine.getInstance())
            .setKind(engine.getKind())
            .putAllInfo(engine.getInfoMap());
    engine.getSeriesList().stream()
        .limit(1)
        .forEach(s -> bare.addSeries(EngineSeries.newBuilder().setModelName(s.getModelName())));
    return bare.build();
  }
}
