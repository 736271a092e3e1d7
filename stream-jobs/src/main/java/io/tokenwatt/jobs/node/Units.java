package io.tokenwatt.jobs.node;

import io.tokenwatt.jobs.attribution.Holder;
import io.tokenwatt.model.Cell;
import io.tokenwatt.model.proto.Binding;
import io.tokenwatt.model.proto.NodeIdentity;

/**
 * Which engines can be judged only together, because no node sees all of their boards and tokens.
 *
 * <ul>
 *   <li>An engine over several nodes: by its engine_group. Where a binding says only that there are
 *       several members, all of its workload and role in the cluster are taken for one engine:
 *       right for one engine of that name, and never paired where there are two.
 *   <li>Prefill and decode servers: by their pair_group, else by their workload in the cluster.
 *       Every node's part in them is an engine of its own unless it belongs to one over several
 *       nodes.
 * </ul>
 */
final class Units {
  private static final String SEPARATOR = "\u001f";
  private static final String GROUP = "group" + SEPARATOR;

  private Units() {}

  static Holder holder(Cell cell, Binding binding, NodeIdentity node) {
    if (cell.workload().equals(Cell.UNATTRIBUTED)) {
      return Holder.of(cell);
    }
    boolean paired = !binding.getPairGroup().isEmpty() || isHalf(binding.getRole());
    boolean spanning = !binding.getEngineGroup().isEmpty() || binding.getMembers() > 1;
    if (!paired && !spanning) {
      return Holder.of(cell);
    }
    String name = String.join(SEPARATOR, cell.workload(), cell.role());
    String engine =
        !binding.getEngineGroup().isEmpty()
            ? GROUP + binding.getEngineGroup()
            : spanning
                ? "workload" + SEPARATOR + name
                : "node" + SEPARATOR + node.getNode() + SEPARATOR + name;
    String unit =
        !binding.getPairGroup().isEmpty()
            ? "pair" + SEPARATOR + binding.getPairGroup()
            : isHalf(binding.getRole()) ? "roles" + SEPARATOR + cell.workload() : engine;
    String place = String.join(SEPARATOR, node.getRegion(), node.getCluster());
    return new Holder(cell, place + SEPARATOR + unit, engine);
  }

  /** The holder's engine has a name that its members on other nodes share. */
  static boolean isGroup(Holder holder) {
    return holder.engine().startsWith(GROUP);
  }

  private static boolean isHalf(String role) {
    return role.equals("prefill") || role.equals("decode");
  }
}
