package io.tokenwatt.quickstart.bench.workload;

import java.util.Arrays;

/**
 * Recorded requests in the order of arrival, cut into slots of 10 s, replayed as a ring. Immutable;
 * may be shared by threads.
 */
public final class Trace {
  static final long SLOT_MS = 10_000;

  /** Lengths in a slot are those of the minute around it, so that the mix moves as it did. */
  private static final int NEIGHBOURS = 3;

  private final String name;
  private final int[] prompts;
  private final int[] outputs;
  private final int[] firstOfSlot;
  private final double meanPerSlot;
  private final LengthMoments[] moments;

  /**
   * @param arrivalMs ascending, from any origin
   * @param prompts tokens of each request
   * @param outputs tokens of each request, at least 1
   */
  public Trace(String name, long[] arrivalMs, int[] prompts, int[] outputs) {
    if (arrivalMs.length < 2 || arrivalMs.length != prompts.length) {
      throw new IllegalArgumentException(
          "trace " + name + " has " + arrivalMs.length + " requests; two or more are needed");
    }
    this.name = name;
    this.prompts = prompts.clone();
    this.outputs = outputs.clone();
    this.firstOfSlot = slots(arrivalMs);
    this.meanPerSlot = (double) firstOfSlot[slots()] / slots();
    this.moments = new LengthMoments[slots()];
    Arrays.setAll(moments, this::momentsAround);
  }

  /** The last slot is cut off: it is not whole. */
  private static int[] slots(long[] arrivalMs) {
    long start = arrivalMs[0];
    int whole = (int) Math.max(1, (arrivalMs[arrivalMs.length - 1] - start) / SLOT_MS);
    int[] first = new int[whole + 1];
    int next = 0;
    for (int slot = 0; slot <= whole; slot++) {
      while (next < arrivalMs.length && arrivalMs[next] < start + slot * SLOT_MS) {
        next++;
      }
      first[slot] = next;
    }
    return first;
  }

  public String name() {
    return name;
  }

  public int slots() {
    return firstOfSlot.length - 1;
  }

  public int requests() {
    return prompts.length;
  }

  /** Arrivals in a slot as a multiple of the mean. */
  double intensity(int slot) {
    return (firstOfSlot[slot + 1] - firstOfSlot[slot]) / meanPerSlot;
  }

  /** Mean and spread of the lengths around a slot. */
  LengthMoments moments(int slot) {
    return moments[slot];
  }

  /** The request at a share in [0, 1) of those around a slot. */
  int requestAround(int slot, double share) {
    int from = firstOfSlot[Math.max(0, slot - NEIGHBOURS)];
    int to = firstOfSlot[Math.min(slots(), slot + NEIGHBOURS + 1)];
    return from + (int) ((to - from) * share);
  }

  int prompt(int request) {
    return prompts[request];
  }

  int output(int request) {
    return outputs[request];
  }

  private LengthMoments momentsAround(int slot) {
    int from = requestAround(slot, 0);
    int to = Math.max(from + 1, firstOfSlot[Math.min(slots(), slot + NEIGHBOURS + 1)]);
    return LengthMoments.of(
        Arrays.copyOfRange(prompts, from, to), Arrays.copyOfRange(outputs, from, to));
  }
}
