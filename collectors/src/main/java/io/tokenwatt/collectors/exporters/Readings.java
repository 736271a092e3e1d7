package io.tokenwatt.collectors.exporters;

import io.tokenwatt.collectors.exposition.Reject;
import io.tokenwatt.collectors.exposition.Sample;
import java.util.ArrayList;
import java.util.List;

/** Turns samples into readings of one exposition and keeps what was refused. One thread. */
final class Readings {
  /** No reading: no value of ours can be this low. */
  static final long ABSENT = Long.MIN_VALUE;

  private final List<Reject> rejects = new ArrayList<>();

  /** Of two readings that are not negative; beyond 64 bits it stays at the end, never wraps. */
  static long sum(long a, long b) {
    long sum = a + b;
    return sum < 0 && a >= 0 && b >= 0 ? Long.MAX_VALUE : sum;
  }

  /** In our unit; {@link #ABSENT} where blank or refused. */
  long of(Sample sample, Hook<?> hook) {
    Part part = hook.part();
    double value = sample.value();
    if (part.missing().contains(value)) {
      return ABSENT;
    }
    String objection = hook.shape().objection(value, part.scale());
    if (objection != null) {
      reject(sample, objection);
      return ABSENT;
    }
    return part.scale().apply(value);
  }

  void reject(Sample sample, String reason) {
    reject(sample.line(), reason, sample.name() + " " + sample.value());
  }

  void reject(int line, String reason, String text) {
    rejects.add(new Reject(line, reason, text));
  }

  List<Reject> rejects() {
    return List.copyOf(rejects);
  }
}
