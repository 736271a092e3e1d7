package io.tokenwatt.quickstart.fleet.gateway;

import io.tokenwatt.quickstart.fleet.ServedRequest;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Who asks the fleet's workloads: a few invented customers, most of them near the region that
 * serves them; South America and the west of the US have no endpoint of their own. The same request
 * always has the same caller. Stateless.
 */
final class Callers {
  /** A client region, how many of a hundred come from there, and milliseconds there and back. */
  private record Origin(String region, int percent, int networkMs) {}

  private static final Map<String, List<Origin>> ORIGINS =
      Map.of(
          "us-east",
          List.of(
              new Origin("us-east", 42, 14),
              new Origin("sa-east", 41, 124),
              new Origin("us-west", 11, 66),
              new Origin("eu-central", 6, 92)),
          "eu-central",
          List.of(new Origin("eu-central", 88, 11), new Origin("sa-east", 12, 196)),
          "ap-south",
          List.of(
              new Origin("ap-south", 86, 18),
              new Origin("sa-east", 8, 310),
              new Origin("us-west", 6, 180)));

  /** Customers of a workload: the first asks most. */
  private static final Map<String, List<String>> TENANTS =
      Map.of(
          "chat", List.of("north-bank", "city-library", "shoe-shop", "air-travel"),
          "code-assist", List.of("game-studio", "north-bank", "robotics"),
          "summaries", List.of("news-desk", "air-travel"),
          "reviews", List.of("law-office"));

  private Callers() {}

  /** Whether a gateway stands in front of a workload; the platform's own small models have none. */
  static boolean ask(String workload) {
    return TENANTS.containsKey(workload);
  }

  static Caller of(ServedRequest served, long seed) {
    long key = served.place().node().hashCode() * 1_000_003L + served.request().number();
    SplittableRandom random = new SplittableRandom(seed * 31 + key);
    Origin origin = origin(ORIGINS.get(served.place().region()), random.nextInt(100));
    List<String> tenants = TENANTS.get(served.workload());
    // The minimum of two draws: earlier names come more often.
    int tenant = Math.min(random.nextInt(tenants.size()), random.nextInt(tenants.size()));
    boolean batch =
        served.workload().equals("reviews")
            || served.workload().equals("summaries") && random.nextInt(100) < 65;
    boolean styled = served.workload().equals("code-assist") && tenant == 0;
    boolean reasons = served.model().contains("Qwen3-32B");
    return new Caller(
        tenants.get(tenant),
        origin.region(),
        batch ? "batch" : "interactive",
        styled ? "game-studio-style" : "",
        Math.round(origin.networkMs() * 1000 * (0.9 + 0.3 * random.nextDouble())),
        reasons ? 0.35 + 0.4 * random.nextDouble() : 0);
  }

  private static Origin origin(List<Origin> origins, int percent) {
    int sum = 0;
    for (Origin origin : origins) {
      sum += origin.percent();
      if (percent < sum) {
        return origin;
      }
    }
    return origins.get(0);
  }
}
