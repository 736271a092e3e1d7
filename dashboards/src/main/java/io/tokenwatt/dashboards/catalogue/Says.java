package io.tokenwatt.dashboards.catalogue;

/** Sentences that several panels need: one wording for one rule. */
final class Says {
  static final String TOKENS_PER_JOULE =
      """
      Σ output tokens ÷ Σ GPU joules, over the same node-intervals (`output_tokens_metered`, `gpu_mj_metered`); the same \
      number as tokens per second per watt. Boards only: no host, no cooling. Engines that generate nothing are left out. \
      Longer answers flatter it: read it beside joules per request. A dash = not known; `energy_null_reason` of view \
      `efficiency_stepped` says why.""";

  static final String DOLLARS_ALL_IN =
      """
      Price of the board time that serving workloads hold, idle time included, and their share of boards that nobody holds \
      (same region, cluster, hardware), ÷ million output tokens. Prices: table `prices`, in force at each hour; facility \
      energy where it is billed on top. A dash = a part has no price, or too little was read.""";

  static final String P95 =
      """
      Quantile of the engines' own histograms, buckets summed over all engines, then interpolated as Prometheus does. Never \
      an average of percentiles. A dash = no request, or above the last bucket.""";

  static final String SCALED_RATE =
      " Silence counts as what was read: scaled by expected ÷ observed time; coverage says by how much.";

  private Says() {}
}
