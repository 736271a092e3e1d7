package io.tokenwatt.quickstart.fleet.text;

import io.tokenwatt.quickstart.fleet.physics.MachineMeter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/** The /metrics page of an exporter of a machine's own meter. Stateless. */
public final class MeterText {
  private MeterText() {}

  /** Kepler 0.7 with a platform meter: joules, split by mode. */
  public static byte[] kepler(MachineMeter meter, String node) {
    TextOut out = new TextOut(1024);
    out.put("# HELP kepler_node_platform_joules_total Aggregated RAPL value in platform (entire ");
    out.put("node) in joules\n# TYPE kepler_node_platform_joules_total counter\n");
    // Kepler takes the lowest power that it has seen for the idle part.
    long idleMj = meter.energyMj() / 3;
    mode(out, node, "dynamic", meter.energyMj() - idleMj);
    mode(out, node, "idle", idleMj);
    return out.toBytes();
  }

  private static void mode(TextOut out, String node, String mode, long mj) {
    out.put("kepler_node_platform_joules_total{instance=\"");
    out.put(node);
    out.put("\",mode=\"");
    out.put(mode);
    out.put("\",package=\"\",source=\"acpi\"} ");
    GoNumbers.put(out, BigDecimal.valueOf(mj, 3));
    out.put('\n');
  }

  /** ipmi_exporter 1.10, DCMI alone: the power of the moment in watts. */
  public static byte[] ipmi(MachineMeter meter) {
    String text =
        """
        # HELP ipmi_dcmi_power_consumption_watts Current power consumption in Watts.
        # TYPE ipmi_dcmi_power_consumption_watts gauge
        ipmi_dcmi_power_consumption_watts %d
        # HELP ipmi_up '1' if a scrape of the IPMI device was successful, '0' otherwise.
        # TYPE ipmi_up gauge
        ipmi_up{collector="dcmi"} 1
        """;
    return text.formatted(meter.watts()).getBytes(StandardCharsets.US_ASCII);
  }
}
