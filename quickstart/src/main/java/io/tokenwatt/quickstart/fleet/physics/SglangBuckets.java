package io.tokenwatt.quickstart.fleet.physics;

import java.util.List;

/** SGLang's own histogram bounds (sglang/srt/metrics/collector.py, 2025-11). */
final class SglangBuckets {
  static final List<Double> TTFT =
      List.of(
          0.1, 0.2, 0.4, 0.6, 0.8, 1.0, 2.0, 4.0, 6.0, 8.0, 10.0, 20.0, 40.0, 60.0, 80.0, 100.0,
          200.0, 400.0);
  static final List<Double> REQUEST =
      List.of(
          0.1, 0.2, 0.4, 0.6, 0.8, 1.0, 2.0, 4.0, 6.0, 8.0, 10.0, 20.0, 40.0, 60.0, 80.0, 100.0,
          200.0, 400.0, 600.0, 1200.0, 1800.0, 2400.0);
  static final List<Double> PER_TOKEN =
      List.of(
          0.002, 0.004, 0.006, 0.008, 0.01, 0.015, 0.02, 0.025, 0.03, 0.035, 0.04, 0.06, 0.08, 0.1,
          0.2, 0.4, 0.6, 0.8, 1.0, 2.0, 4.0, 6.0, 8.0);
  static final List<Double> QUEUE =
      List.of(
          0.0, 0.1, 0.2, 0.5, 1.0, 2.0, 3.0, 4.0, 5.0, 10.0, 15.0, 20.0, 30.0, 40.0, 50.0, 60.0,
          70.0, 80.0, 90.0, 100.0, 200.0, 300.0, 400.0, 500.0, 600.0, 700.0, 800.0, 900.0, 1000.0,
          1200.0, 1400.0, 1600.0, 1800.0, 2000.0, 2500.0, 3000.0);

  private SglangBuckets() {}
}
