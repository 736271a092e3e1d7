package io.tokenwatt.quickstart;

import io.tokenwatt.jobs.node.Naming;

/** Names as they are. */
final class PlainNaming implements Naming {
  @Override
  public String hardware(String modelName) {
    return modelName;
  }

  @Override
  public long peakMegabytesPerSecond(String hardware) {
    return 0;
  }

  @Override
  public String model(String servedName) {
    return servedName;
  }

  @Override
  public String precision(String servedName) {
    return "";
  }
}
