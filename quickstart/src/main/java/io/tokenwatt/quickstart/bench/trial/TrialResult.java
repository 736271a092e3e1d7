package io.tokenwatt.quickstart.bench.trial;

import io.tokenwatt.jobs.regression.CloseReason;
import io.tokenwatt.jobs.regression.Regression;
import io.tokenwatt.jobs.regression.Tuning;
import io.tokenwatt.jobs.regression.Verdict;
import io.tokenwatt.model.CellMeasure;
import io.tokenwatt.quickstart.bench.reference.RuleVariant;
import io.tokenwatt.quickstart.bench.workload.Fault;
import io.tokenwatt.quickstart.bench.workload.NoisePlan;
import io.tokenwatt.quickstart.bench.workload.SeriesPlan;
import io.tokenwatt.quickstart.bench.workload.WindowTally;
import java.util.ArrayList;
import java.util.List;

/** What the detector said in one trial. Filled while it runs; not thread-safe. */
final class TrialResult {
  /** A size is what was told last so long after the opening: whoever is paged reads it then. */
  private static final long SIZE_AFTER_MS = 300_000;

  private final SeriesPlan plan;
  private final Fault fault;
  private final long changeMs;
  private final List<Reference> references;
  private final List<Regression> falseAlarms = new ArrayList<>();
  private final InformationLimit limit;
  private long tokens = -1;
  private long windows;
  private long thin;
  private Regression opened;
  private Regression sized;
  private long sizedMs;
  private boolean recovered;
  private int reopened;

  TrialResult(SeriesPlan plan, Fault fault, long changeMs, List<RuleVariant> rules) {
    this.plan = plan;
    this.fault = fault;
    this.changeMs = changeMs;
    this.references =
        rules.stream().map(r -> new Reference(r, fault != Fault.NONE, changeMs)).toList();
    this.limit =
        new InformationLimit(
            fault.kind() == Fault.Kind.CLOCK ? plan.step() : plan.energy(),
            Tuning.DEFAULT.quietWindows());
  }

  void window(WindowTally window) {
    if (window.windowStartMs > changeMs && tokens < 0) {
      tokens = window.amount(CellMeasure.OUTPUT_TOKENS);
    }
    references.forEach(reference -> reference.take(window));
    long endMs = window.windowStartMs + Watch.WINDOW_MS;
    if (endMs > changeMs) {
      limit(endMs, window.amount(CellMeasure.OUTPUT_TOKENS));
    }
  }

  private void limit(long endMs, long tokensOfWindow) {
    double factor = fault.factor(endMs - Watch.WINDOW_MS, endMs);
    limit.window(endMs, Math.log(factor), tokensOfWindow > 0);
    if (!detected()) {
      windows++;
      thin += tokensOfWindow < Tuning.DEFAULT.leastTokens() ? 1 : 0;
    }
  }

  void missed(long endMs) {
    if (endMs > changeMs) {
      limit(endMs, 0);
    }
    references.forEach(reference -> reference.missed(endMs));
  }

  void take(Verdict verdict) {
    boolean faulty = fault != Fault.NONE && verdict.atMs() > changeMs;
    if (verdict instanceof Verdict.Opened o) {
      if (!faulty) {
        falseAlarms.add(o.regression());
      } else if (opened == null) {
        opened = o.regression();
        sized = opened;
        sizedMs = o.atMs();
      } else {
        reopened++;
      }
    } else if (verdict instanceof Verdict.Updated u && opened != null && reopened == 0) {
      if (u.atMs() <= opened.detectedMs() + SIZE_AFTER_MS) {
        sized = u.regression();
        sizedMs = u.atMs();
      }
    } else if (verdict instanceof Verdict.Closed c && opened != null) {
      recovered |= c.reason() == CloseReason.RECOVERED && c.atMs() > fault.untilMs();
    }
  }

  List<Reference> references() {
    return references;
  }

  List<Regression> falseAlarms() {
    return falseAlarms;
  }

  boolean detected() {
    return opened != null;
  }

  boolean recovered() {
    return recovered;
  }

  /** One line for whoever looks for the reason of a delay. */
  String line() {
    return "%s x%d %s sigma %.3f phi %.2f%s, %s %.3f, %d tokens in the first window, %d of %d windows thin, limit %.1f s: %s, z %.2f, %d false before"
        .formatted(
            plan.model(),
            plan.engines(),
            plan.trace().name(),
            plan.energy().sigma(),
            plan.energy().phi(),
            plan.energy().heavyTails() ? " heavy" : "",
            fault.kind(),
            fault.size(),
            tokens,
            thin,
            windows,
            limitSeconds(),
            detected()
                ? "%d windows, %s said %.3f"
                    .formatted(delayWindows(), opened.measure().column(), opened.size())
                : "missed",
            detected() ? z() : Double.NaN,
            falseAlarms.size());
  }

  int reopened() {
    return reopened;
  }

  /** From the change to the verdict: end of the window plus the wait before it is judged. */
  double delaySeconds() {
    return (opened.detectedMs() + Watch.JUDGING_MS - changeMs) / 1e3;
  }

  /** Windows whose end lies between the change and the verdict, the broken one included. */
  int delayWindows() {
    return (int) ((opened.detectedMs() - changeMs + Watch.WINDOW_MS - 1) / Watch.WINDOW_MS);
  }

  /** Windows that no test of {@link Tuning#DEFAULT}'s false alarm rate is faster than. */
  double boundWindows() {
    NoisePlan noise = fault.kind() == Fault.Kind.CLOCK ? plan.step() : plan.energy();
    return DelayBound.windows(noise, fault.size(), Tuning.DEFAULT.quietWindows());
  }

  /** As {@link #delaySeconds}, of the window with which enough was told; infinite = never. */
  double limitSeconds() {
    return limit.reachedMs() == Long.MAX_VALUE
        ? Double.POSITIVE_INFINITY
        : (limit.reachedMs() + Watch.JUDGING_MS - changeMs) / 1e3;
  }

  /** Boards that serve the series: what it costs, at one price. */
  int boards() {
    return plan.engines() * plan.boardsPerEngine();
  }

  /** Error of the logarithm of the size, in standard errors as told. */
  double z() {
    double said = Math.log1p(sized.size());
    double error = (Math.log1p(sized.sizeHigh()) - Math.log1p(sized.sizeLow())) / (2 * 1.96);
    return (said - Math.log1p(trueSize())) / error;
  }

  /** Size said minus true size at that time, in shares of the measure. */
  double sizeError() {
    return sized.size() - trueSize();
  }

  boolean covered() {
    return sized.sizeLow() <= trueSize() && trueSize() <= sized.sizeHigh();
  }

  double trueSize() {
    return fault.sizeAt(Math.min(sizedMs, fault.untilMs() - 1));
  }
}
