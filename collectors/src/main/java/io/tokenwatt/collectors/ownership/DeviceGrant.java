package io.tokenwatt.collectors.ownership;

import io.tokenwatt.collectors.exporters.GpuId;
import io.tokenwatt.collectors.exporters.GpuRowReading;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Devices that the kubelet has given to a container, as its pod-resources API lists them.
 *
 * @param resource nvidia.com/gpu, nvidia.com/mig-1g.5gb, amd.com/gpu …
 * @param devices ids as the device plugin made them
 */
public record DeviceGrant(PodRef pod, String container, String resource, List<String> devices) {
  // NVIDIA's plugin with index ids; GKE's nvidia0, nvidia0/gi1 (MIG), nvidia0/vgpu1 (time-sharing).
  private static final Pattern INDEX =
      Pattern.compile("(?:nvidia)?(\\d{1,3})(?:/gi(\\d+)|/vgpu.*)?");
  // Before R470 a MIG device was MIG-<board>/<GPU instance>/<compute instance>.
  private static final Pattern OLD_MIG = Pattern.compile("MIG-(GPU-[0-9a-f-]{36})/(\\d+)/\\d+");

  public DeviceGrant {
    devices = List.copyOf(devices);
  }

  /**
   * One of the devices is the row's board, or its instance. Today's MIG ids (MIG- and a UUID of the
   * instance) name no board: those rows are told by the exporter's labels.
   */
  boolean names(GpuRowReading row) {
    return devices.stream().anyMatch(device -> names(device, row));
  }

  private static boolean names(String device, GpuRowReading row) {
    // Replica n of a time-sliced device is the device's id, "::" and n.
    int replica = device.indexOf("::");
    String id = replica < 0 ? device : device.substring(0, replica);
    Matcher index = INDEX.matcher(id);
    if (index.matches()) {
      boolean board = Integer.parseInt(index.group(1)) == row.index();
      return board && isInstance(Optional.ofNullable(index.group(2)), row);
    }
    Matcher mig = OLD_MIG.matcher(id);
    if (mig.matches()) {
      return GpuId.of(mig.group(1)).equals(row.id()) && isInstance(Optional.of(mig.group(2)), row);
    }
    return id.startsWith("GPU-") && GpuId.of(id).equals(row.id());
  }

  private static boolean isInstance(Optional<String> number, GpuRowReading row) {
    return number.isEmpty() || Integer.parseInt(number.get()) + 1 == row.instance();
  }
}
