package io.tokenwatt.collectors.requests;

/**
 * Who served a request, in the words of the event; "" where it does not say.
 *
 * @param engine the name of a scrape target on the node
 */
public record Told(String node, String engine, String workload, String region, String cluster) {
  public static final Told NOTHING = new Told("", "", "", "", "");

  /** {@code other} where this says nothing at all. */
  Told or(Told other) {
    return equals(NOTHING) ? other : this;
  }

  /** Whatever this says, {@code other} says too. */
  boolean holdsFor(Told other) {
    return (node.isEmpty() || node.equals(other.node))
        && (engine.isEmpty() || engine.equals(other.engine))
        && (workload.isEmpty() || workload.equals(other.workload))
        && (region.isEmpty() || region.equals(other.region))
        && (cluster.isEmpty() || cluster.equals(other.cluster));
  }
}
