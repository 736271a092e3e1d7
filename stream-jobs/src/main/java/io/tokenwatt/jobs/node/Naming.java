package io.tokenwatt.jobs.node;

/** Canonical names; pure and fast (implementations cache). */
public interface Naming {
  /** Canonical hardware name of what an exporter calls the board. */
  String hardware(String modelName);

  /** Peak memory bandwidth in MB/s; 0 = no source known. */
  long peakMegabytesPerSecond(String hardware);

  /** Canonical name of a served model. */
  String model(String servedName);

  /** What the model's name says it runs in; "" = nothing. */
  String precision(String servedName);
}
