package io.tokenwatt.quickstart.fleet;

import static io.tokenwatt.quickstart.fleet.EngineSpec.boards;
import static io.tokenwatt.quickstart.fleet.EngineSpec.on;
import static io.tokenwatt.quickstart.fleet.physics.Hardware.A100;
import static io.tokenwatt.quickstart.fleet.physics.Hardware.B200;
import static io.tokenwatt.quickstart.fleet.physics.Hardware.H100;
import static io.tokenwatt.quickstart.fleet.physics.Hardware.H200;
import static io.tokenwatt.quickstart.fleet.physics.Hardware.L40S;

import io.tokenwatt.quickstart.fleet.physics.EnginePlan.Place;
import io.tokenwatt.quickstart.fleet.physics.Hardware;
import io.tokenwatt.quickstart.fleet.physics.ServedModel;
import io.tokenwatt.quickstart.fleet.physics.Slice;
import io.tokenwatt.quickstart.fleet.physics.Traffic;
import java.util.List;

/**
 * The fourteen nodes: three regions x four board types, each region and each type with all three
 * models, a MIG node and a node with two models; and once each, what goes wrong in a real fleet.
 */
final class FleetLayout {
  private FleetLayout() {}

  static List<NodeSpec> standard() {
    return List.of(
        node(east("e1-h100"), H100, 4, chat(0)),
        node(east("e2-h200"), H200, 4, code(0, 2).restarting())
            .because("its engine crashes once and counts from 0 again"),
        node(east("e3-b200"), B200, 4, summaries(4)),
        node(east("e4-l40s"), L40S, 4, chat(0)),
        node(east("e5-h100"), H100, 8, code(0, 4).named("vllm-code"), chat(4).named("vllm-chat"))
            .because("two models on one node"),
        node(central("c1-h100"), H100, 4, code(0, 2))
            .exporterAtItsDefaults()
            .because("dcgm-exporter at its default: a new reading every 30 s, no SM_ACTIVE"),
        node(central("c2-h200"), H200, 8, summaries(4)).because("four boards without an owner"),
        node(central("c3-b200"), B200, 4, chat(0)),
        node(central("c4-l40s"), L40S, 4, code(0, 2)),
        mig(central("c5-a100")),
        node(south("s1-h100"), H100, 8, summaries(8)),
        node(south("s2-h200"), H200, 4, chat(0)),
        node(south("s3-b200"), B200, 4, code(0, 2).flapping())
            .because("its engine refuses connections now and then"),
        node(south("s4-l40s"), L40S, 8, summaries(8))
            .flapping()
            .because("its dcgm-exporter refuses connections now and then"));
  }

  private static NodeSpec node(
      NodePlace place, Hardware hardware, int boards, EngineSpec... engines) {
    return NodeSpec.of(place, hardware, boards, List.of(engines));
  }

  /** The 8B model on four boards from {@code first}, one data-parallel rank on each. */
  private static EngineSpec chat(int first) {
    return on(boards(first, first + 4), 1, ServedModel.LLAMA_8B, Traffic.CHAT, "chat")
        .ownedBy("assistants");
  }

  /** The 32B model on four boards from {@code first}, {@code tp} to a rank. */
  private static EngineSpec code(int first, int tp) {
    return on(boards(first, first + 4), tp, ServedModel.QWEN_32B, Traffic.AGENTS, "code-assist")
        .ownedBy("developer-tools");
  }

  /** The 70B model on the first {@code tp} boards. */
  private static EngineSpec summaries(int tp) {
    return on(boards(0, tp), tp, ServedModel.LLAMA_70B, Traffic.SUMMARIES, "summaries")
        .ownedBy("search");
  }

  /** Two boards in MIG mode with three small models; the other instances are free. */
  private static NodeSpec mig(NodePlace place) {
    List<Slice> four =
        List.of(
            new Slice("1g.5gb", 7, 1 / 7.0, 1 / 8.0),
            new Slice("1g.5gb", 8, 1 / 7.0, 1 / 8.0),
            new Slice("1g.5gb", 9, 1 / 7.0, 1 / 8.0),
            new Slice("2g.10gb", 5, 2 / 7.0, 2 / 8.0));
    List<Slice> two =
        List.of(
            new Slice("3g.20gb", 1, 3 / 7.0, 4 / 8.0), new Slice("3g.20gb", 2, 3 / 7.0, 4 / 8.0));
    return node(
            place,
            A100,
            2,
            small(new Place(0, 1), ServedModel.QWEN_0_6B, "router"),
            small(new Place(0, 3), ServedModel.QWEN_1_7B, "guard"),
            small(new Place(1, 0), ServedModel.QWEN_4B, "drafts"))
        .sliced(List.of(four, two))
        .because("MIG: the rows of a board's instances repeat its energy and power");
  }

  private static EngineSpec small(Place place, ServedModel model, String workload) {
    return on(List.of(place), 1, model, Traffic.SMALL, workload)
        .named("vllm-" + workload)
        .ownedBy("platform");
  }

  private static NodePlace east(String node) {
    return place(node, "us-east", "us-east-a", "prod-us", "iad-2", "cloud", "hyperscaler", -5);
  }

  private static NodePlace central(String node) {
    return place(node, "eu-central", "fra-hall-1", "prod-eu", "fra-1", "on_prem", "own", 1);
  }

  private static NodePlace south(String node) {
    return place(node, "ap-south", "ap-south-b", "prod-ap", "sin-3", "cloud", "neocloud", 8);
  }

  private static NodePlace place(
      String node,
      String region,
      String zone,
      String cluster,
      String site,
      String siteKind,
      String provider,
      int utcOffsetHours) {
    String purchase =
        switch (provider) {
          case "own" -> "owned";
          case "hyperscaler" -> "on_demand";
          default -> "reserved";
        };
    String rack = "r" + (1 + (node.charAt(1) - '1') / 2);
    return new NodePlace(
        node, region, zone, cluster, site, rack, siteKind, provider, purchase, utcOffsetHours);
  }
}
