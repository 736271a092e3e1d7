package io.tokenwatt.collectors.exporters;

import io.tokenwatt.model.proto.GpuMetric;
import java.util.Map;

/**
 * What one exposition says of one board, or of one instance of it. Immutable.
 *
 * @param id the physical board: rows of one board share it, and board-wide readings (power, energy)
 *     are repeated on each of its rows, never to be added
 * @param instance 0 = the whole board; n + 1 = MIG instance or AMD partition n
 * @param profile GPU_I_PROFILE as written ("1g.5gb"), AMD's partition type; "" where there is none
 * @param modelName as the exporter wrote it; "" = unknown
 * @param index the exporter's index of the board, for people; -1 = unknown
 * @param ownerLabels pod, namespace, container, hpc_job where present and not empty. Several owners
 *     of one row (time-slicing) are joined by ",", in the same order under every key
 * @param values by metric, the unit in the metric's name; absent = no reading, never zero
 */
public record GpuRowReading(
    GpuId id,
    int instance,
    String profile,
    String modelName,
    int index,
    Map<String, String> ownerLabels,
    Map<GpuMetric, Long> values) {

  /** All but the readings is the same. */
  public boolean isOfSameBoard(GpuRowReading other) {
    return instance == other.instance
        && index == other.index
        && id.equals(other.id)
        && profile.equals(other.profile)
        && modelName.equals(other.modelName)
        && ownerLabels.equals(other.ownerLabels);
  }

  /** The same board with other readings. */
  GpuRowReading with(Map<GpuMetric, Long> others) {
    return new GpuRowReading(id, instance, profile, modelName, index, ownerLabels, others);
  }
}
