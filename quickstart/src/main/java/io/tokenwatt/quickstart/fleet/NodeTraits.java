package io.tokenwatt.quickstart.fleet;

/**
 * What is special about a node's exporters and its life.
 *
 * @param collectSeconds dcgm-exporter's {@code -c}
 * @param smActive its counters file asks for DCGM_FI_PROF_SM_ACTIVE
 * @param flakyExporter its dcgm-exporter refuses connections now and then
 * @param meter the exporter of the machine's own meter
 * @param slurmJob the training job that holds all its boards; "" = none
 */
record NodeTraits(
    int collectSeconds,
    boolean smActive,
    boolean flakyExporter,
    Meter meter,
    Life life,
    String slurmJob) {

  /** How the machine's own meter is read. */
  enum Meter {
    NONE,
    /** A counter of joules. */
    KEPLER,
    /** Watts of the moment. */
    IPMI
  }

  /** When the node is there. */
  enum Life {
    ALWAYS,
    /** A spot node, taken away for good. */
    TAKEN_AWAY,
    /** Comes after one was taken away, as another machine. */
    REPLACEMENT
  }

  static final NodeTraits ORDINARY = new NodeTraits(1, true, false, Meter.NONE, Life.ALWAYS, "");

  /** dcgm-exporter as it comes: a reading every 30 s, no SM_ACTIVE. */
  NodeTraits exporterAtItsDefaults() {
    return new NodeTraits(30, false, flakyExporter, meter, life, slurmJob);
  }

  NodeTraits flapping() {
    return new NodeTraits(collectSeconds, smActive, true, meter, life, slurmJob);
  }

  NodeTraits metered(Meter by) {
    return new NodeTraits(collectSeconds, smActive, flakyExporter, by, life, slurmJob);
  }

  NodeTraits living(Life how) {
    return new NodeTraits(collectSeconds, smActive, flakyExporter, meter, how, slurmJob);
  }

  NodeTraits training(String job) {
    return new NodeTraits(collectSeconds, smActive, flakyExporter, meter, life, job);
  }
}
