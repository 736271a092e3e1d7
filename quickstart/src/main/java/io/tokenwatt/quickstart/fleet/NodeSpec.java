package io.tokenwatt.quickstart.fleet;

import io.tokenwatt.quickstart.fleet.physics.Hardware;
import io.tokenwatt.quickstart.fleet.physics.Slice;
import java.util.Collections;
import java.util.List;

/**
 * A node of the layout.
 *
 * @param boards the slices of each board
 * @param peculiarity what is special about it, for people; "" = nothing
 */
record NodeSpec(
    NodePlace place,
    Hardware hardware,
    List<List<Slice>> boards,
    List<EngineSpec> engines,
    NodeTraits traits,
    String peculiarity) {

  static NodeSpec of(NodePlace place, Hardware hardware, int boards, List<EngineSpec> engines) {
    List<List<Slice>> whole = Collections.nCopies(boards, List.of(Slice.WHOLE));
    return new NodeSpec(
        place.ofClass("sim-" + boards), hardware, whole, engines, NodeTraits.ORDINARY, "");
  }

  String name() {
    return place.node();
  }

  NodeSpec sliced(List<List<Slice>> slices) {
    return new NodeSpec(place, hardware, slices, engines, traits, peculiarity);
  }

  NodeSpec with(NodeTraits newTraits) {
    return new NodeSpec(place, hardware, boards, engines, newTraits, peculiarity);
  }

  NodeSpec because(String text) {
    return new NodeSpec(place, hardware, boards, engines, traits, text);
  }
}
