package io.tokenwatt.jobs.efficiency;

import io.tokenwatt.jobs.node.Naming;
import io.tokenwatt.model.catalogue.Hardware;
import io.tokenwatt.model.catalogue.HardwareCatalogue;
import io.tokenwatt.model.catalogue.ModelCatalogue;
import io.tokenwatt.model.catalogue.ModelName;
import java.util.HashMap;
import java.util.Map;

/** Names from the catalogues, remembered. Not thread-safe: one per operator instance. */
public final class CatalogueNaming implements Naming {
  private final Map<String, Hardware> hardware = new HashMap<>();
  private final Map<String, Long> peaks = new HashMap<>();
  private final Map<String, ModelName> models = new HashMap<>();

  @Override
  public String hardware(String modelName) {
    Hardware found =
        hardware.computeIfAbsent(modelName, name -> HardwareCatalogue.standard().resolve(name));
    peaks.computeIfAbsent(found.name(), name -> Math.round(found.peakGBps().orElse(0) * 1000));
    return found.name();
  }

  @Override
  public long peakMegabytesPerSecond(String name) {
    return peaks.getOrDefault(name, 0L);
  }

  @Override
  public String model(String servedName) {
    return resolve(servedName).name();
  }

  @Override
  public String precision(String servedName) {
    return servedName.isEmpty() ? "" : resolve(servedName).precision();
  }

  private ModelName resolve(String servedName) {
    return models.computeIfAbsent(servedName, name -> ModelCatalogue.standard().resolve(name));
  }
}
