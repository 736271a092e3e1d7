package io.tokenwatt.quickstart.bench.report;

/**
 * One line of a benchmark's table.
 *
 * @param ours null = not measured, for the reason in {@code remark}
 * @param peerName "" = nothing is compared
 * @param peer null = absent, for the reason in {@code remark}
 * @param remark "" = none
 */
public record Figure(
    String what, String unit, Spread ours, String peerName, Spread peer, Goal goal, String remark) {

  public static Figure of(String what, String unit, Spread ours) {
    return new Figure(what, unit, ours, "", null, Goal.NONE, "");
  }

  /** A figure that the table must have and this run has not. */
  public static Figure unmeasured(String what, String unit, String reason) {
    return new Figure(what, unit, null, "", null, Goal.NONE, reason);
  }

  /** Beside a peer that did the same in the same run. */
  public Figure against(String name, Spread other) {
    return new Figure(what, unit, ours, name, other, goal, remark);
  }

  /** Beside a peer that is not here. */
  public Figure withoutPeer(String name, String reason) {
    return new Figure(what, unit, ours, name, null, goal, reason);
  }

  public Figure goal(Goal wanted) {
    return new Figure(what, unit, ours, peerName, peer, wanted, remark);
  }

  public Figure remark(String text) {
    return new Figure(what, unit, ours, peerName, peer, goal, text);
  }

  /** Ours divided by the peer's; null where one of them is missing. */
  public Double ratio() {
    return ours == null || peer == null || peer.median() == 0
        ? null
        : Double.valueOf(ours.median() / peer.median());
  }
}
