package io.tokenwatt.collectors.exporters;

import java.util.List;

/** The unit in which an exporter writes durations. */
enum TimeUnits {
  S("1e9", "1e6"),
  MS("1e6", "1e3"),
  US("1e3", "1");

  static final List<String> NAMES = List.of("s", "ms", "us");

  final Scale toNanos;
  final Scale toMicros;

  TimeUnits(String toNanos, String toMicros) {
    this.toNanos = Scale.of(toNanos);
    this.toMicros = Scale.of(toMicros);
  }
}
