package io.tokenwatt.quickstart.fleet.physics;

import java.util.ArrayList;
import java.util.List;

/** vLLM's own histogram bounds (vllm/v1/metrics/loggers.py). */
public final class Buckets {
  public static final List<Double> TTFT =
      List.of(
          0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5,
          10.0, 20.0, 40.0, 80.0, 160.0, 640.0, 2560.0);
  public static final List<Double> PER_TOKEN =
      List.of(
          0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0,
          20.0, 40.0, 80.0);
  public static final List<Double> REQUEST =
      List.of(
          0.3, 0.5, 0.8, 1.0, 1.5, 2.0, 2.5, 5.0, 10.0, 15.0, 20.0, 30.0, 40.0, 50.0, 60.0, 120.0,
          240.0, 480.0, 960.0, 1920.0, 7680.0);
  public static final List<Double> ITERATION_TOKENS =
      List.of(
          1.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0, 512.0, 1024.0, 2048.0, 4096.0, 8192.0, 16384.0);

  private Buckets() {}

  /** 1, 2, 5, 10, … up to the context limit. */
  public static List<Double> tokens(int maxModelLen) {
    List<Double> bounds = new ArrayList<>();
    for (long decade = 1; ; decade *= 10) {
      for (int mantissa : new int[] {1, 2, 5}) {
        if (mantissa * decade > maxModelLen) {
          return bounds;
        }
        bounds.add((double) (mantissa * decade));
      }
    }
  }
}
