package io.tokenwatt.quickstart.fleet;

import static io.tokenwatt.quickstart.fleet.EngineSpec.on;
import static io.tokenwatt.quickstart.fleet.physics.Hardware.A100;
import static io.tokenwatt.quickstart.fleet.physics.Hardware.MI300X;

import io.tokenwatt.quickstart.fleet.physics.EnginePlan.Place;
import io.tokenwatt.quickstart.fleet.physics.EngineRole;
import io.tokenwatt.quickstart.fleet.physics.ServedModel;
import io.tokenwatt.quickstart.fleet.physics.Slice;
import io.tokenwatt.quickstart.fleet.physics.Traffic;
import java.util.List;
import java.util.stream.IntStream;

/** Nodes of the layout whose boards are divided: NVIDIA's MIG, AMD's compute partitions. */
final class DividedNodes {
  private DividedNodes() {}

  /** Two boards in MIG mode with three small models and an embedder; the rest is free. */
  static NodeSpec mig(NodePlace place) {
    List<Slice> four =
        List.of(
            new Slice("1g.5gb", 7, 1 / 7.0, 1 / 8.0),
            new Slice("1g.5gb", 8, 1 / 7.0, 1 / 8.0),
            new Slice("1g.5gb", 9, 1 / 7.0, 1 / 8.0),
            new Slice("2g.10gb", 5, 2 / 7.0, 2 / 8.0));
    List<Slice> two =
        List.of(
            new Slice("3g.20gb", 1, 3 / 7.0, 4 / 8.0), new Slice("3g.20gb", 2, 3 / 7.0, 4 / 8.0));
    EngineSpec embedder =
        on(List.of(new Place(1, 1)), 1, ServedModel.BGE_M3, Traffic.PASSAGES, "passages")
            .named("vllm-passages")
            .ownedBy("search")
            .as(EngineRole.EMBED);
    return FleetLayout.node(
            place,
            A100,
            2,
            small(new Place(0, 1), ServedModel.QWEN_0_6B, "router"),
            small(new Place(0, 3), ServedModel.QWEN_1_7B, "guard"),
            small(new Place(1, 0), ServedModel.QWEN_4B, "drafts"),
            embedder)
        .sliced(List.of(four, two))
        .because("MIG: the rows of a board's instances repeat its energy; one engine embeds");
  }

  /** Four boards: two whole, one in eight partitions with two engines on five, one more whole. */
  static NodeSpec partitions(NodePlace place) {
    List<Slice> whole = List.of(Slice.WHOLE);
    List<Slice> eight =
        IntStream.range(0, 8).mapToObj(i -> new Slice("cpx", i, 1 / 8.0, 1 / 8.0)).toList();
    List<Place> pair = List.of(new Place(0, 0), new Place(1, 0));
    List<Place> parts = IntStream.range(0, 4).mapToObj(i -> new Place(2, i)).toList();
    return FleetLayout.node(
            place,
            MI300X,
            4,
            on(pair, 1, ServedModel.LLAMA_70B, Traffic.SUMMARIES, "summaries")
                .named("vllm-summaries")
                .ownedBy("search"),
            on(parts, 1, ServedModel.LLAMA_8B, Traffic.CHAT, "chat")
                .named("vllm-chat")
                .ownedBy("assistants"),
            small(new Place(2, 5), ServedModel.QWEN_4B, "drafts"),
            on(List.of(new Place(3, 0)), 1, ServedModel.QWEN_32B, Traffic.AGENTS, "code-assist")
                .named("vllm-code")
                .ownedBy("developer-tools"))
        .sliced(List.of(whole, whole, eight, whole))
        .because("AMD: a board in partitions shows its energy and power on the first of them");
  }

  private static EngineSpec small(Place place, ServedModel model, String workload) {
    return on(List.of(place), 1, model, Traffic.SMALL, workload)
        .named("vllm-" + workload)
        .ownedBy("platform");
  }
}
