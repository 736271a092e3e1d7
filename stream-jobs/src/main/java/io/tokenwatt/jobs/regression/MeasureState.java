package io.tokenwatt.jobs.regression;

/** What is remembered of one measure of a series. Public fields: a Flink POJO, of fixed size. */
public final class MeasureState {
  // The reference; null until the first windows are there.
  public double[] beta;
  public double[] cov;
  public double centreLevel;
  public double centreLoad;
  public double centrePrompt;
  public double centreContext;

  /** log2 of the most requests that ran at once in an engine of the windows learned. */
  public double learnedRunning;

  /** Windows learned, and the mean number of nodes in them. */
  public long learned;

  public double learnedNodes;

  // The noise about the reference.
  public double variance;
  public double varianceWindows;
  public double[] loadVariance;
  public double[] loadWindows;
  public double correlation;
  public double[] loadCorrelation;
  public double blockSum;
  public int blockWindows;
  public double blockVariance;
  public double blocks;
  public double[] loadBlockVariance;
  public double[] loadBlocks;
  public double tail;
  public double peak;
  public double blip;

  // The window before.
  public double previousResidual;
  public long previousEndMs;

  // Evidence that it got worse, suddenly or a little; that it got better; since when.
  public double large;
  public long largeSinceMs;
  public double robust;

  /** The last window that was not far out, and by how much it was beyond what is not known. */
  public double usualBeyond;

  public long usualEndMs;
  public double small;
  public long smallSinceMs;
  public double better;
  public long betterSinceMs;
  public double betterSum;
  public long betterWindows;

  // Slow drift: residuals of about a day.
  public double driftSum;
  public double driftWeight;
  public long driftSinceMs;
  public long driftMs;

  // Windows that wait to be learned, oldest first from heldFrom.
  public long[] heldMs;
  public float[] held;
  public int heldFrom;
  public int heldSize;

  // Windows of a longer window that is not full yet.
  public double[] collected;
  public long collectedMs;
  public long collectedWindows;

  /** Length of the windows that are judged: 10 s, or longer where a source is slower. */
  public long lengthMs;

  /** Windows in a row that could be shorter. */
  public int shorter;

  // While a regression is open.
  public boolean worse;
  public double[] sums;

  /** The sums hold one window at most, the one into which the change fell. */
  public boolean broken;

  /** Of windows that may lie after its end; null = there are none. */
  public double[] after;

  public double openLoad;
  public double recovery;
  public long recoveryWindows;
}
