package io.tokenwatt.jobs.regression;

/**
 * One measure of one window (or of several, added up) and the load it was measured under.
 *
 * @param y natural logarithm of the measure
 * @param load log2 of requests per engine that the measure is expected for
 * @param running log2 of requests per engine in the batch
 * @param prompt computed prompt tokens per output token; NaN = not known
 * @param context KV cache use per running request, as a share of the cache; NaN = not known
 * @param denominator tokens or observations
 */
record Observation(
    long startMs,
    long endMs,
    double y,
    double load,
    double running,
    double prompt,
    double context,
    double denominator,
    double nodes) {

  double value() {
    return Math.exp(y);
  }
}
