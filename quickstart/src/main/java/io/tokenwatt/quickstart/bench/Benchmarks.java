package io.tokenwatt.quickstart.bench;

import java.util.List;

/** What {@code bench} offers besides {@code detect}, in the order of {@code bench all}. */
final class Benchmarks {
  static final List<Benchmark> ALL = List.of();

  private Benchmarks() {}
}
