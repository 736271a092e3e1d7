package io.tokenwatt.quickstart.fleet;

import static io.tokenwatt.quickstart.fleet.EngineSpec.boards;
import static io.tokenwatt.quickstart.fleet.EngineSpec.on;
import static io.tokenwatt.quickstart.fleet.NodeTraits.ORDINARY;
import static io.tokenwatt.quickstart.fleet.physics.Hardware.B200;
import static io.tokenwatt.quickstart.fleet.physics.Hardware.H100;
import static io.tokenwatt.quickstart.fleet.physics.Hardware.H200;
import static io.tokenwatt.quickstart.fleet.physics.Hardware.L40S;

import io.tokenwatt.quickstart.fleet.NodeTraits.Life;
import io.tokenwatt.quickstart.fleet.NodeTraits.Meter;
import io.tokenwatt.quickstart.fleet.physics.EnginePlan.Place;
import io.tokenwatt.quickstart.fleet.physics.EngineRole;
import io.tokenwatt.quickstart.fleet.physics.Hardware;
import io.tokenwatt.quickstart.fleet.physics.ServedModel;
import io.tokenwatt.quickstart.fleet.physics.Traffic;
import java.util.List;
import java.util.stream.Stream;

/**
 * The twenty nodes: three regions x four board types with three models, and once each what is
 * special or goes wrong in a real fleet. Nodes that work together are an island.
 */
final class FleetLayout {
  private FleetLayout() {}

  /** Islands, most of them of one node. */
  static List<List<NodeSpec>> standard() {
    return Stream.of(east(), central(), south()).flatMap(List::stream).toList();
  }

  private static List<List<NodeSpec>> east() {
    return List.of(
        alone(node(east("e1-h100"), H100, 4, chat(0))),
        alone(
            node(east("e2-h200"), H200, 4, code(0, 2).restarting())
                .because("its engine crashes once and counts from 0 again")),
        alone(node(east("e3-b200"), B200, 4, summaries(4))),
        alone(node(east("e4-l40s"), L40S, 4, chat(0))),
        alone(
            node(
                    east("e5-h100"),
                    H100,
                    8,
                    code(0, 4).named("vllm-code"),
                    chat(4).named("vllm-chat"))
                .because("two models on one node")),
        List.of(
            node(east("e6-h100"), H100, 8, reviews())
                .because("one engine over sixteen boards of two nodes; it answers here"),
            node(east("e7-h100"), H100, 8)
                .because("the other eight boards of the engine on e6-h100; nothing answers here")));
  }

  private static List<List<NodeSpec>> central() {
    return List.of(
        alone(
            node(central("c1-h100"), H100, 4, code(0, 2))
                .with(ORDINARY.exporterAtItsDefaults())
                .because("dcgm-exporter at its default: a new reading every 30 s, no SM_ACTIVE")),
        alone(
            node(central("c2-h200"), H200, 8, summaries(4))
                .with(ORDINARY.metered(Meter.KEPLER))
                .because("four boards without an owner; a meter of the machine, read by Kepler")),
        alone(
            node(central("c3-b200"), B200, 4, chat(0, 4).sglang())
                .with(ORDINARY.metered(Meter.IPMI))
                .because("SGLang counts tokens when a request ends; the machine's watts by IPMI")),
        alone(node(central("c4-l40s"), L40S, 4, code(0, 2))),
        alone(DividedNodes.mig(central("c5-a100"))),
        alone(DividedNodes.partitions(central("c6-mi300x"))),
        alone(
            node(central("c7-h100"), H100, 4)
                .with(ORDINARY.training("48213"))
                .because("a Slurm job trains on it: boards with an owner, no engine")));
  }

  private static List<List<NodeSpec>> south() {
    return List.of(
        List.of(
            node(south("s1-h100"), H100, 4, summaries(4).as(EngineRole.PREFILL))
                .because("computes prompts and hands them to s2-h200"),
            node(south("s2-h200"), H200, 4, summaries(4).as(EngineRole.DECODE))
                .because("writes the answers to prompts that s1-h100 computed")),
        alone(
            node(south("s3-b200"), B200, 4, code(0, 2).flapping())
                .because("its engine refuses connections now and then")),
        alone(
            node(south("s4-l40s"), L40S, 8, summaries(8))
                .with(ORDINARY.flapping())
                .because("its dcgm-exporter refuses connections now and then")),
        alone(
            node(spot("s5-h100"), H100, 4, chat(0))
                .with(ORDINARY.living(Life.TAKEN_AWAY))
                .because("spot: taken away for good after a while")),
        alone(
            node(spot("s6-h100"), H100, 4, chat(0))
                .with(ORDINARY.living(Life.REPLACEMENT))
                .because("spot: comes after s5-h100 was taken away")));
  }

  private static List<NodeSpec> alone(NodeSpec node) {
    return List.of(node);
  }

  static NodeSpec node(NodePlace place, Hardware hardware, int boards, EngineSpec... engines) {
    return NodeSpec.of(place, hardware, boards, List.of(engines));
  }

  /** The 8B model on four boards from {@code first}, one data-parallel rank on each. */
  private static EngineSpec chat(int first) {
    return chat(first, 1);
  }

  /** The same, {@code tp} boards to a rank. */
  private static EngineSpec chat(int first, int tp) {
    return on(boards(first, first + 4), tp, ServedModel.LLAMA_8B, Traffic.CHAT, "chat")
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

  /** The 405B model on eight boards of its node and eight of the next. */
  private static EngineSpec reviews() {
    Stream<Place> next = boards(0, 8).stream().map(place -> new Place(1, place.board(), 0));
    List<Place> places = Stream.concat(boards(0, 8).stream(), next).toList();
    return on(places, 16, ServedModel.LLAMA_405B, Traffic.REVIEWS, "reviews").ownedBy("legal");
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

  private static NodePlace spot(String node) {
    NodePlace place = south(node);
    return new NodePlace(
        node,
        place.region(),
        place.zone(),
        place.cluster(),
        place.site(),
        place.rack(),
        place.siteKind(),
        place.provider(),
        "spot",
        place.nodeClass(),
        place.pue(),
        place.utcOffsetHours());
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
    double pue = provider.equals("own") ? 1.24 : 0;
    String rack = "r" + (1 + (node.charAt(1) - '1') / 2);
    return new NodePlace(
        node,
        region,
        zone,
        cluster,
        site,
        rack,
        siteKind,
        provider,
        purchase,
        "",
        pue,
        utcOffsetHours);
  }
}
