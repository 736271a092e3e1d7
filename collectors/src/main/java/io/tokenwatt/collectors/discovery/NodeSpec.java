package io.tokenwatt.collectors.discovery;

import io.tokenwatt.model.proto.NodeIdentity;
import java.util.Set;

/**
 * A node and its place; "" = unknown.
 *
 * @param node the id, unique in the fleet; the key of its records
 * @param siteKind one of {@link #SITE_KINDS} or ""
 * @param purchaseOption one of {@link #PURCHASE_OPTIONS} or ""
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
    String purchaseOption) {
  public static final Set<String> SITE_KINDS = Set.of("cloud", "on_prem", "edge");
  public static final Set<String> PURCHASE_OPTIONS =
      Set.of("on_demand", "reserved", "spot", "owned");

  public static NodeSpec of(String node, String region) {
    return new NodeSpec(node, region, "", "", "", "", "", "", "");
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
        .build();
  }
}
