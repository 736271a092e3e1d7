package io.tokenwatt.dashboards.source;

/**
 * Units by Grafana's ids. An id that Grafana does not know is printed as a suffix without scaling,
 * so a typo would never show: nothing but these may be used.
 */
public enum Unit {
  NONE("none"),
  COUNT("short"),
  /** 0 to 1 shown as 0 % to 100 %. */
  SHARE("percentunit"),
  SECONDS("s"),
  HOURS("h"),
  WATTS("watt"),
  JOULES("joule"),
  KILOWATT_HOURS("kwatth"),
  CELSIUS("celsius"),
  MEGAHERTZ("suffix:MHz"),
  DOLLARS("currencyUSD"),
  GIGABYTES_PER_S("GBs"),
  BYTES("decbytes"),
  /** Takes milliseconds since 1970, as Grafana's times are; shown like "12 seconds ago". */
  SINCE("dateTimeFromNow"),
  /** Takes milliseconds since 1970. */
  TIME("dateTimeAsIso"),
  TOKENS("suffix:tok"),
  TOKENS_PER_S("si:tok/s"),
  TOKENS_PER_JOULE("suffix:tok/J"),
  JOULES_PER_TOKEN("suffix:J/tok"),
  JOULES_PER_REQUEST("suffix:J/request"),
  KWH_PER_MTOK("suffix:kWh/Mtok"),
  DOLLARS_PER_MTOK("suffix:$/Mtok"),
  DOLLARS_PER_HOUR("suffix:$/h"),
  DOLLARS_PER_DAY("suffix:$/day"),
  REQUESTS_PER_S("reqps"),
  RECORDS("suffix:records"),
  RECORDS_PER_S("suffix:records/s"),
  GPUS("suffix:GPUs"),
  GPU_HOURS("suffix:GPU h"),
  NODES("suffix:nodes"),
  SIGMA("suffix:σ"),
  TIMES("suffix:×");

  private final String id;

  Unit(String id) {
    this.id = id;
  }

  /** As Grafana writes it into a panel. */
  public String id() {
    return id;
  }
}
