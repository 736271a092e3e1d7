package io.tokenwatt.jobs.node;

import io.tokenwatt.jobs.attribution.Allocation;
import io.tokenwatt.jobs.attribution.BoardAllocator;
import io.tokenwatt.jobs.attribution.BoardState;
import io.tokenwatt.jobs.attribution.Holder;
import io.tokenwatt.jobs.attribution.Share;
import io.tokenwatt.jobs.meter.EnergyMeter;
import io.tokenwatt.model.proto.NodeMetric;
import io.tokenwatt.model.proto.NodeReading;
import io.tokenwatt.model.proto.NodeSample;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Meters the whole machine where it has a meter of its own (Redfish, IPMI, Kepler, the wall). Its
 * energy is shared by the board-seconds held; on a node whose boards are not read, equally by its
 * owners.
 */
final class MachineMetering {
  private static final long UNIT = 1_000_000;

  private final NodeState state;
  private final Owners owners;
  private final WindowBook book;
  private final PowerScopes scopes;
  private final long atMs;

  MachineMetering(NodeState state, Owners owners, WindowBook book, PowerScopes scopes, long atMs) {
    this.state = state;
    this.owners = owners;
    this.book = book;
    this.scopes = scopes;
    this.atMs = atMs;
  }

  void read(NodeSample sample, OptionalLong countFrom) {
    OptionalLong energy = reading(sample, NodeMetric.NODE_ENERGY_MILLIJOULES);
    OptionalLong power = reading(sample, NodeMetric.NODE_POWER_MILLIWATTS);
    NodeState.Meter machine = state.machine;
    if (energy.isEmpty() && power.isEmpty() && !machine.energy.known) {
      return;
    }
    Allocation now = allocation();
    if (machine.allocation != null) {
      machine.timeline.add(new NodeState.Segment(machine.seenMs, atMs, now));
    }
    machine.allocation = now;
    machine.seenMs = atMs;
    EnergyFacts facts = new EnergyFacts(book, machine, scopes);
    new EnergyMeter(machine.energy, EnergyMeter.MACHINE_WATTS)
        .read(energy, power, atMs, countFrom).stream()
            .map(interval -> interval.readEvery(state.tickMs))
            .forEach(facts::machine);
    EnergyFacts.trim(machine, atMs);
  }

  private Allocation allocation() {
    List<Share> shares = new ArrayList<>();
    for (NodeState.Board board : state.boards.values()) {
      Allocation of = board.meter.allocation;
      long[] parts = of.splitLikeTime(UNIT);
      for (int i = 0; i < parts.length; i++) {
        Share share = of.shares().get(i);
        shares.add(new Share(share.cell(), share.state(), parts[i], parts[i], true));
      }
    }
    if (shares.isEmpty()) {
      for (Owners.Owner owner : owners.all()) {
        String model = owners.models(owner).get(0);
        shares.add(
            new Share(
                owners.cell(owner, model, owner.workload.hardware), owner.state, UNIT, UNIT, true));
      }
    }
    if (shares.isEmpty()) {
      shares.add(
          new Share(Holder.of(owners.unallocated("")), BoardState.UNALLOCATED, UNIT, UNIT, true));
    }
    // A map's order is not the same in every process; the order of shares decides who gets a
    // rounding's last unit.
    List<Share> merged = new ArrayList<>(BoardAllocator.merge(shares));
    merged.sort(
        java.util.Comparator.comparing((Share s) -> String.join("\u001f", s.cell().cell().values()))
            .thenComparing(s -> s.cell().unit())
            .thenComparing(s -> s.cell().engine())
            .thenComparing(Share::state));
    return new Allocation(List.copyOf(merged), 0, "");
  }

  private static OptionalLong reading(NodeSample sample, NodeMetric metric) {
    return sample.getNodeReadingsList().stream()
        .filter(r -> r.getMetric() == metric)
        .mapToLong(NodeReading::getValue)
        .max();
  }
}
