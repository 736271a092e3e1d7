package io.tokenwatt.quickstart.fleet;

/**
 * Where a node stands and on what terms; the words of the sample's node identity.
 *
 * @param siteKind cloud, on_prem or edge
 * @param purchaseOption on_demand, reserved, spot or owned
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
    int utcOffsetHours) {}
