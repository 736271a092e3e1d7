package io.tokenwatt.quickstart.fleet;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A fleet on a stepped clock, and short names for its parts. */
abstract class FleetFixture {
  static final long SEED = 42;
  static final String ENERGY = "DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION";
  static final String OUTPUT = "vllm:generation_tokens_total";

  final SteppedClock clock = new SteppedClock();
  Fleet fleet;

  @BeforeEach
  void start() throws IOException {
    fleet = Fleet.start(FleetOptions.of(SEED).onClock(clock));
  }

  @AfterEach
  void stop() {
    fleet.close();
  }

  /** All but the node that comes later. */
  List<SimulatedNode> present() {
    return fleet.nodes().stream().filter(n -> !n.name().equals("s6-h100")).toList();
  }

  SimulatedNode node(String name) {
    return fleet.nodes().stream().filter(n -> n.name().equals(name)).findFirst().orElseThrow();
  }

  static SimulatedTarget target(SimulatedNode node, String name) {
    return node.targets().stream().filter(t -> t.name().equals(name)).findFirst().orElseThrow();
  }

  Page dcgm(String node) throws IOException, InterruptedException {
    return Page.get(target(node(node), "dcgm"));
  }

  Page vllm(String node) throws IOException, InterruptedException {
    return Page.get(target(node(node), "vllm"));
  }

  /** Time goes on for everybody. */
  void pass(long seconds) {
    clock.step(Duration.ofSeconds(seconds));
    fleet.tick();
  }
}
