package io.tokenwatt.storage.schema;

import java.util.Map;

/** Formulas that views repeat, as SQL. */
final class Formulas {
  private Formulas() {}

  static Map<String, String> values() {
    return Map.of(
        "usd_variance", ratioVariance("usd", "l.usd_blocks"),
        "joule_variance", ratioVariance("joule", "l.joule_blocks"),
        "p95_ttft", sketchSeconds("c.ttft_gateway", 0.95),
        "p95_e2e", sketchSeconds("c.e2e_gateway", 0.95),
        "p95_ttft_client_of_p", sketchSeconds("p.ttft_client", 0.95),
        "p95_e2e_client_of_p", sketchSeconds("p.e2e_client", 0.95),
        "p95_ttft_gateway_of_p", sketchSeconds("p.ttft_gateway", 0.95),
        "p95_e2e_gateway_of_p", sketchSeconds("p.e2e_gateway", 0.95));
  }

  /**
   * The relative variance of sum(x) / sum(y) over blocks, by linearisation (Cochran, Sampling
   * Techniques, 6.3), times (1 + r) / (1 - r) for blocks that correlate with the next one, as of an
   * AR(1) process. As columns of which the last is {@code <name>_variance}; NULL for one block.
   *
   * @param blocks array of (Unix s of an hour, x, y), in order
   */
  static String ratioVariance(String name, String blocks) {
    return """
        arraySum($b.2) AS $n_x,
        arraySum($b.3) AS $n_y,
        if($n_y = 0, 0, $n_x / $n_y) AS $n_ratio,
        arrayMap(b -> b.2 - $n_ratio * b.3, $b) AS $n_residuals,
        arraySum(e -> e * e, $n_residuals) AS $n_squares,
        if($n_squares = 0, 0, arraySum(arrayMap(
            (t, u, e, f) -> if(u - t = 3600, e * f, 0),
            arrayPopBack($b.1), arrayPopFront($b.1), arrayPopBack($n_residuals), arrayPopFront($n_residuals))) / $n_squares) AS $n_r,
        least(greatest($n_r, 0), 0.95) AS $n_correlation,
        if(length($b) < 2, NULL, length($b) / (length($b) - 1) * $n_squares / nullIf($n_x * $n_x, 0)
            * (1 + $n_correlation) / (1 - $n_correlation)) AS $n_variance"""
        .replace("$b", blocks)
        .replace("$n", name);
  }

  /**
   * A quantile of a sketch, (buckets, counts), in seconds: V7__requests.sql says how it is kept.
   * NULL for an empty one.
   */
  static String sketchSeconds(String sketch, double q) {
    return "if(empty(%1$s.2), NULL, 2 * pow(1.01 / 0.99, %1$s.1[arrayFirstIndex(n -> n >= %2$s * arraySum(%1$s.2), arrayCumSum(%1$s.2))]) / (1.01 / 0.99 + 1) / 1e6)"
        .formatted(sketch, q);
  }
}
