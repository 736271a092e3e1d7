package io.tokenwatt.dashboards.catalogue;

/** Uids of dashboards, fixed for good: links, alert rules and bookmarks name them. */
public final class Uids {
  public static final String FLEET = "tokenwatt-fleet";
  public static final String REGION_HARDWARE = "tokenwatt-region-hardware";
  public static final String MODEL = "tokenwatt-model";
  public static final String NODE = "tokenwatt-node";
  public static final String SLO = "tokenwatt-slo";
  public static final String COST = "tokenwatt-cost";
  public static final String REGRESSIONS = "tokenwatt-regressions";
  public static final String PIPELINE = "tokenwatt-pipeline";

  private Uids() {}
}
