package io.tokenwatt.collectors.exporters;

import io.tokenwatt.collectors.exposition.Reject;
import io.tokenwatt.collectors.exposition.Sample;
import java.util.ArrayList;
import java.util.List;

/** Turns samples into readings of one exposition and keeps what was refused. One thread. */
final class Readings {
  /** No reading: no value of ours can be this low. */
  static final long ABSENT = Long.MIN_VALUE;

  private final Slots slots = new Slots();
  private int slot;
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
    boolean missing = part.missing().contains(value);
    slot = slots.add(sample, hook.shape(), part.scale(), part.missing(), !missing);
    if (missing) {
      return ABSENT;
    }
    String objection = hook.shape().objection(value, part.scale());
    if (objection != null) {
      reject(sample, objection);
      return ABSENT;
    }
    return part.scale().apply(value);
  }

  /** Of the value read last. */
  int slot() {
    return slot;
  }

  /** Everything read, for the next page. */
  Slots slots() {
    return slots;
  }

  void reject(Sample sample, String reason) {
    reject(sample.line(), reason, sample.name() + " " + sample.value());
  }

  void reject(int line, String reason, String text) {
    slots.unsteady();
    rejects.add(new Reject(line, reason, text));
  }

  List<Reject> rejects() {
    return List.copyOf(rejects);
  }
}
