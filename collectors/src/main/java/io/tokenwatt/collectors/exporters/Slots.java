package io.tokenwatt.collectors.exporters;

import io.tokenwatt.collectors.exposition.Exposition;
import io.tokenwatt.collectors.exposition.Sample;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Which samples of a page count and how each one's value is judged and scaled: taken down while a
 * page is read, so that the next page of the same series is read by its values alone. One thread.
 */
final class Slots {
  private final List<Slot> slots = new ArrayList<>();
  private boolean steady = true;

  /**
   * @param line of the sample
   * @param constant the value that it must keep; empty = any
   * @param present whether it was a reading; it must stay one, or stay none
   */
  private record Slot(
      int line,
      Shape shape,
      Scale scale,
      Set<Double> missing,
      OptionalDouble constant,
      boolean present) {

    /** A whole number below 2^49 is itself: nothing is to be rounded or refused. */
    boolean takesWhole() {
      return present && missing.isEmpty() && scale != null && scale.isOne() && !shape.ratio();
    }
  }

  /** The number of a value that is read, by which others refer to it. */
  int add(Sample sample, Shape shape, Scale scale, Set<Double> missing, boolean present) {
    slots.add(new Slot(sample.line(), shape, scale, missing, OptionalDouble.empty(), present));
    return slots.size() - 1;
  }

  /** What was read holds only while this value is the same. */
  void constant(Sample sample) {
    slots.add(
        new Slot(sample.line(), null, null, Set.of(), OptionalDouble.of(sample.value()), false));
  }

  /** What was read now says nothing about the next page. */
  void unsteady() {
    steady = false;
  }

  boolean isSteady() {
    return steady;
  }

  Reader reader(Exposition page) {
    Map<Integer, Integer> positions = new HashMap<>();
    for (int i = 0; i < page.samples().size(); i++) {
      positions.put(page.samples().get(i).line(), i);
    }
    int[] samples = slots.stream().mapToInt(slot -> positions.get(slot.line)).toArray();
    return new Reader(slots.toArray(Slot[]::new), samples);
  }

  /** Judges and scales the values of later pages. For one thread. */
  static final class Reader {
    private final Slot[] slots;
    private final int[] samples;
    private final boolean[] whole;
    private final long[] read;

    private Reader(Slot[] slots, int[] samples) {
      this.slots = slots;
      this.samples = samples;
      this.whole = new boolean[slots.length];
      for (int i = 0; i < slots.length; i++) {
        whole[i] = slots[i].takesWhole();
      }
      this.read = new long[slots.length];
    }

    /**
     * By slot, in our units; null where a value is refused, is missing that was there, or is there
     * that was missing. Valid until the next call.
     *
     * @param values of the page's samples
     */
    long[] read(double[] values) {
      for (int i = 0; i < slots.length; i++) {
        double value = values[samples[i]];
        long number = (long) value;
        if (whole[i] && number == value && number >= 0 && number < 1L << 49) {
          read[i] = number;
          continue;
        }
        Slot slot = slots[i];
        if (slot.scale == null) {
          if (Double.compare(value, slot.constant.getAsDouble()) != 0) {
            return null;
          }
          continue;
        }
        boolean missing = !slot.missing.isEmpty() && slot.missing.contains(value);
        if (missing == slot.present) {
          return null;
        }
        if (slot.present) {
          if (slot.shape.objection(value, slot.scale) != null) {
            return null;
          }
          read[i] = slot.scale.apply(value);
        }
      }
      return read;
    }
  }
}
