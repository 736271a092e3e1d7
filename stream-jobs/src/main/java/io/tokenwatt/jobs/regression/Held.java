package io.tokenwatt.jobs.regression;

/**
 * Windows that were judged and wait: what is learned is minutes old, so that a regression found
 * meanwhile was not learned. A ring of fixed size.
 */
final class Held {
  static final int CAPACITY = 60;
  private static final int FIELDS = 7;

  private final MeasureState s;

  Held(MeasureState state) {
    this.s = state;
  }

  int size() {
    return s.heldSize;
  }

  void clear() {
    s.heldSize = 0;
    s.heldFrom = 0;
  }

  /** There must be room. */
  void add(Observation o) {
    if (s.held == null) {
      s.held = new float[CAPACITY * FIELDS];
      s.heldMs = new long[CAPACITY];
    }
    int slot = (s.heldFrom + s.heldSize++) % CAPACITY;
    s.heldMs[slot] = o.startMs();
    int at = slot * FIELDS;
    s.held[at] = (float) o.y();
    s.held[at + 1] = (float) o.load();
    s.held[at + 2] = (float) o.prompt();
    s.held[at + 3] = (float) o.context();
    s.held[at + 4] = (float) o.denominator();
    s.held[at + 5] = (float) o.nodes();
    s.held[at + 6] = (float) o.running();
  }

  /** By age, 0 = the oldest. */
  Observation get(int index) {
    int slot = (s.heldFrom + index) % CAPACITY;
    int at = slot * FIELDS;
    return new Observation(
        s.heldMs[slot],
        s.heldMs[slot] + s.lengthMs,
        s.held[at],
        s.held[at + 1],
        s.held[at + 6],
        s.held[at + 2],
        s.held[at + 3],
        s.held[at + 4],
        s.held[at + 5]);
  }

  Observation removeOldest() {
    Observation oldest = get(0);
    s.heldFrom = (s.heldFrom + 1) % CAPACITY;
    s.heldSize--;
    return oldest;
  }
}
