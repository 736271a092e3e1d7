package io.tokenwatt.quickstart.fleet;

/**
 * Where a node stands and on what terms; the words of the sample's node identity.
 *
 * @param siteKind cloud, on_prem or edge
 * @param purchaseOption on_demand, reserved, spot or owned
 * @param nodeClass key of the model of what the machine draws; "" = none
 * @param pue of the building; 0 = not told
 * @param utcOffsetHours local time minus UTC, for the hour of the day
 */
public record NodePlace(
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
    double pue,
    int utcOffsetHours) {
  NodePlace ofClass(String newClass) {
    return new NodePlace(
        node,
        region,
        zone,
        cluster,
        site,
        rack,
        siteKind,
        provider,
        purchaseOption,
        newClass,
        pue,
        utcOffsetHours);
  }
}
