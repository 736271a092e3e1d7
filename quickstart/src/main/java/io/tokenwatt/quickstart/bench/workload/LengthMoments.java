package io.tokenwatt.quickstart.bench.workload;

/**
 * Prompt and output lengths of some requests: means, standard deviations and their correlation.
 *
 * @param correlation in [-1, 1]; 0 where a deviation is 0
 */
record LengthMoments(
    double promptMean,
    double promptDeviation,
    double outputMean,
    double outputDeviation,
    double correlation) {

  static LengthMoments of(int[] prompts, int[] outputs) {
    double n = prompts.length;
    double p = 0;
    double o = 0;
    for (int i = 0; i < prompts.length; i++) {
      p += prompts[i] / n;
      o += outputs[i] / n;
    }
    double pp = 0;
    double oo = 0;
    double po = 0;
    for (int i = 0; i < prompts.length; i++) {
      pp += (prompts[i] - p) * (prompts[i] - p) / n;
      oo += (outputs[i] - o) * (outputs[i] - o) / n;
      po += (prompts[i] - p) * (outputs[i] - o) / n;
    }
    double both = Math.sqrt(pp * oo);
    return new LengthMoments(p, Math.sqrt(pp), o, Math.sqrt(oo), both == 0 ? 0 : po / both);
  }
}
