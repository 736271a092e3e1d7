package io.tokenwatt.quickstart.bench.trial;

import io.tokenwatt.model.CellMeasure;
import io.tokenwatt.quickstart.bench.reference.RatioRule;
import io.tokenwatt.quickstart.bench.reference.RuleVariant;
import io.tokenwatt.quickstart.bench.workload.WindowTally;

/** A reference's rule beside the detector in one trial. Not thread-safe. */
final class Reference {
  private final RatioRule rule;
  private final long changeMs;
  private final boolean faulty;
  private long falseAlarms;
  private long firedMs = Long.MAX_VALUE;

  Reference(RuleVariant variant, boolean faulty, long changeMs) {
    this.rule = new RatioRule(variant);
    this.faulty = faulty;
    this.changeMs = changeMs;
  }

  void take(WindowTally window) {
    fired(
        window.windowStartMs + Watch.WINDOW_MS,
        rule.next(
            window.amount(CellMeasure.GPU_MJ_METERED) / 1e3,
            window.amount(CellMeasure.OUTPUT_TOKENS_METERED)));
  }

  void missed(long endMs) {
    fired(endMs, rule.next(0, 0));
  }

  private void fired(long atMs, boolean fires) {
    if (fires && faulty && atMs > changeMs) {
      firedMs = Math.min(firedMs, atMs);
    } else if (fires) {
      falseAlarms++;
    }
  }

  RuleVariant variant() {
    return rule.variant();
  }

  long falseAlarms() {
    return falseAlarms;
  }

  boolean detected() {
    return firedMs != Long.MAX_VALUE;
  }

  /** From the change to the message. */
  double delaySeconds() {
    return (firedMs - changeMs) / 1e3 + rule.variant().notifySeconds();
  }
}
