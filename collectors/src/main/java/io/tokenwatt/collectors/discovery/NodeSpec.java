package io.tokenwatt.collectors.discovery;

import io.tokenwatt.model.proto.NodeIdentity;
import java.util.Set;

/**
 * A node and its place; "" = unknown.
 *
 * @param node the id, unique in the fleet; the key of its records
 * @param siteKind one of {@link #SITE_KINDS} or ""
 * @param purchaseOption one of {@link #PURCHASE_OPTIONS} or ""
 * @param nodeClass by which the jobs estimate what the machine draws where nothing meters it
 * @param puePpm facility energy / IT energy of the site x 10^6; 0 = not told here
 */
public record NodeSpec(
    String node,
    String region,
    String zone,
    String cluster,
    String site,
    String rack,
    String siteKind,
    String provider,
    String purchaseOption,
    String nodeClass,
    long puePpm) {
  public static final Set<String> SITE_KINDS = Set.of("cloud", "on_prem", "edge");
  public static final Set<String> PURCHASE_OPTIONS =
      Set.of("on_demand", "reserved", "spot", "owned");

  public static NodeSpec of(String node, String region) {
    return new NodeSpec(node, region, "", "", "", "", "", "", "");
  }

  /** A node of no class, whose site's PUE is told elsewhere. */
  public NodeSpec(
      String node,
      String region,
      String zone,
      String cluster,
      String site,
      String rack,
      String siteKind,
      String provider,
      String purchaseOption) {
    this(node, region, zone, cluster, site, rack, siteKind, provider, purchaseOption, "", 0);
  }

  public NodeIdentity identity() {
    return NodeIdentity.newBuilder()
        .setNode(node)
        .setRegion(region)
        .setZone(zone)
        .setCluster(cluster)
        .setSite(site)
        .setRack(rack)
        .setSiteKind(siteKind)
        .setProvider(provider)
        .setPurchaseOption(purchaseOption)
        .setNodeClass(nodeClass)
        .build();
  }
}
