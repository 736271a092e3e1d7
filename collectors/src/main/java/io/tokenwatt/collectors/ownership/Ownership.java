package io.tokenwatt.collectors.ownership;

import io.tokenwatt.collectors.exporters.GpuRowReading;
import io.tokenwatt.model.Cell;
import io.tokenwatt.model.proto.Binding;
import io.tokenwatt.model.proto.OwnershipMethod;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Resolves the configured bindings against what is visible at one tick.
 *
 * <ul>
 *   <li>A binding that names its boards owns them, also where no engine of it answers.
 *   <li>Exactly one claimant (an engine, or a binding with engines) without named boards: it owns
 *       all boards that no binding names, {@code ASSUMED}.
 *   <li>Two or more: each is a binding without boards, and the boards that no binding names belong
 *       to "(unattributed)"; all {@code UNRESOLVED}.
 *   <li>No claimant: boards that no binding names are in no binding, i.e. unallocated.
 * </ul>
 *
 * For one node and tick; values in, values out.
 */
public final class Ownership {
  private final List<BindingSpec> specs;
  private final List<GpuRowReading> rows;
  private final List<KnownEngine> engines;
  private final String driver;
  private final BitSet named = new BitSet();
  private final List<BoardRef> missing = new ArrayList<>();

  private Ownership(
      List<BindingSpec> specs, List<GpuRowReading> rows, List<KnownEngine> engines, String driver) {
    this.specs = specs;
    this.rows = rows;
    this.engines = engines;
    this.driver = driver;
  }

  /**
   * @param rows of the record's GPU table, in its order
   * @param engines all engines known on the node, those that do not answer now included
   * @param driver the boards' driver version; "" = unknown
   */
  public static Owners resolve(
      List<BindingSpec> specs, List<GpuRowReading> rows, List<KnownEngine> engines, String driver) {
    return new Ownership(specs, rows, engines, driver).resolve();
  }

  private Owners resolve() {
    List<Binding> bindings = new ArrayList<>();
    List<Claimant> open = new ArrayList<>();
    for (BindingSpec spec : specs) {
      Claimant claimant = new Claimant(Optional.of(spec), enginesOf(spec));
      if (spec.gpus().isPresent()) {
        BitSet owned = rowsOf(spec.gpus().get());
        bindings.add(claimant.binding(owned, OwnershipMethod.OWNERSHIP_CONFIG, driver));
      } else {
        open.add(claimant);
      }
    }
    engines.stream()
        .filter(engine -> specs.stream().noneMatch(s -> s.engines().contains(engine.target())))
        .forEach(engine -> open.add(new Claimant(Optional.empty(), List.of(engine))));
    addOpen(open, bindings);
    boolean several = open.size() > 1;
    List<KnownEngine> unresolved =
        several ? open.stream().flatMap(c -> c.engines().stream()).toList() : List.of();
    return new Owners(List.copyOf(bindings), unresolved, List.copyOf(missing));
  }

  private void addOpen(List<Claimant> open, List<Binding> bindings) {
    BitSet rest = new BitSet();
    rest.set(0, rows.size());
    rest.andNot(named);
    if (open.size() == 1) {
      bindings.add(open.get(0).binding(rest, OwnershipMethod.OWNERSHIP_ASSUMED, driver));
    } else if (open.size() > 1) {
      for (Claimant claimant : open) {
        bindings.add(claimant.binding(new BitSet(), OwnershipMethod.OWNERSHIP_UNRESOLVED, driver));
      }
      if (!rest.isEmpty()) {
        bindings.add(unattributed(rest));
      }
    }
  }

  private List<KnownEngine> enginesOf(BindingSpec spec) {
    return engines.stream().filter(engine -> spec.engines().contains(engine.target())).toList();
  }

  private BitSet rowsOf(List<BoardRef> boards) {
    BitSet owned = new BitSet();
    for (BoardRef board : boards) {
      boolean found = false;
      for (int row = 0; row < rows.size(); row++) {
        if (board.names(rows.get(row))) {
          owned.set(row);
          found = true;
        }
      }
      if (!found) {
        missing.add(board);
      }
    }
    named.or(owned);
    return owned;
  }

  private static Binding unattributed(BitSet rest) {
    return Binding.newBuilder()
        .setWorkload(Cell.UNATTRIBUTED)
        .setKind("inference")
        .addAllGpuRows(rest.stream().boxed().toList())
        .setMethod(OwnershipMethod.OWNERSHIP_UNRESOLVED)
        .build();
  }
}
