package io.tokenwatt.quickstart.fleet;

import io.tokenwatt.quickstart.fleet.physics.Hardware;
import io.tokenwatt.quickstart.fleet.physics.Slice;
import java.util.Collections;
import java.util.List;

/**
 * A node of the layout.
 *
 * @param boards the slices of each board
 * @param collectSeconds dcgm-exporter's {@code -c}
 * @param smActive its counters file asks for DCGM_FI_PROF_SM_ACTIVE
 * @param flakyExporter its dcgm-exporter refuses connections now and then
 * @param peculiarity what is special about it, for people; "" = nothing
 */
record NodeSpec(
    NodePlace place,
    Hardware hardware,
    List<List<Slice>> boards,
    int collectSeconds,
    boolean smActive,
    boolean flakyExporter,
    List<EngineSpec> engines,
    String peculiarity) {

  static NodeSpec of(NodePlace place, Hardware hardware, int boards, List<EngineSpec> engines) {
    List<List<Slice>> whole = Collections.nCopies(boards, List.of(Slice.WHOLE));
    return new NodeSpec(place, hardware, whole, 1, true, false, engines, "");
  }

  NodeSpec sliced(List<List<Slice>> slices) {
    return new NodeSpec(
        place, hardware, slices, collectSeconds, smActive, flakyExporter, engines, peculiarity);
  }

  /** dcgm-exporter as it comes: a reading every 30 s, no SM_ACTIVE. */
  NodeSpec exporterAtItsDefaults() {
    return new NodeSpec(place, hardware, boards, 30, false, flakyExporter, engines, peculiarity);
  }

  NodeSpec flapping() {
    return new NodeSpec(
        place, hardware, boards, collectSeconds, smActive, true, engines, peculiarity);
  }

  NodeSpec because(String text) {
    return new NodeSpec(
        place, hardware, boards, collectSeconds, smActive, flakyExporter, engines, text);
  }
}
