package io.tokenwatt.jobs.node;

import java.util.Locale;

/** Names as they are; the H100's published peak. */
final class PlainNaming implements Naming {
  @Override
  public String hardware(String modelName) {
    return modelName.contains("H100") ? "H100" : modelName;
  }

  @Override
  public long peakMegabytesPerSecond(String hardware) {
    return hardware.equals("H100") ? 3_350_000 : 0;
  }

  @Override
  public String model(String servedName) {
    return servedName.toLowerCase(Locale.ROOT);
  }

  @Override
  public String precision(String servedName) {
    return "";
  }
}
