package io.tokenwatt.jobs.events;

import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;

/**
 * Told events are rare and their topic need not be there: they hold nobody's watermark back. Who
 * joins them with windows goes by the record time in {@code version}.
 */
final class NeverWaits<T> implements WatermarkGenerator<T> {
  @Override
  public void onEvent(T event, long timestampMs, WatermarkOutput output) {
    output.markIdle();
  }

  @Override
  public void onPeriodicEmit(WatermarkOutput output) {
    output.markIdle();
  }
}
