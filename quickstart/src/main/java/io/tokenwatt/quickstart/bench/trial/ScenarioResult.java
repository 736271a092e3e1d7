package io.tokenwatt.quickstart.bench.trial;

import io.tokenwatt.quickstart.bench.report.Quantiles;
import java.util.List;
import java.util.function.Function;

/** All trials of one scenario. Immutable. */
public record ScenarioResult(Scenario scenario, List<TrialResult> trials) {
  /** Detected regressions; a miss has no delay, it is counted apart. */
  public List<TrialResult> detected() {
    return trials.stream().filter(TrialResult::detected).toList();
  }

  /** Trials in which the fault was never found; 0 in benign scenarios. */
  public long missed() {
    return scenario.benign() ? 0 : trials.size() - detected().size();
  }

  public long falseAlarms() {
    return trials.stream().mapToLong(trial -> trial.falseAlarms().size()).sum();
  }

  /**
   * A quantile of the delay over all trials, misses counted as infinitely late.
   *
   * @return seconds; null if that quantile was missed
   */
  public Double delaySeconds(double p) {
    return over(TrialResult::delaySeconds, p);
  }

  /** As {@link #delaySeconds}, in windows ended since the change, the broken one included. */
  public Double delayWindows(double p) {
    return over(trial -> (double) trial.delayWindows(), p);
  }

  /** A quantile over the trials of {@link TrialResult#boundWindows}. */
  public Double boundWindows(double p) {
    return new Quantiles(trials.stream().map(TrialResult::boundWindows).toList()).at(p);
  }

  /** A quantile over the trials of {@link TrialResult#limitSeconds}. */
  Double limitSeconds(double p) {
    return new Quantiles(trials.stream().map(TrialResult::limitSeconds).toList()).at(p);
  }

  /** Trials found so soon. */
  long foundWithin(double seconds) {
    return detected().stream().filter(trial -> trial.delaySeconds() <= seconds).count();
  }

  /** Boards of all series, which cost alike: a share of them is a share of dollars. */
  long boards() {
    return trials.stream().mapToLong(TrialResult::boards).sum();
  }

  /** Those whose windows tell enough so soon, or the others. */
  ScenarioResult reachable(double seconds, boolean within) {
    return new ScenarioResult(
        scenario, trials.stream().filter(t -> t.limitSeconds() <= seconds == within).toList());
  }

  private Double over(Function<TrialResult, Double> delay, double p) {
    Quantiles found = new Quantiles(detected().stream().map(delay).toList());
    double share = p * trials.size() / Math.max(1, found.count());
    return share > 1 ? null : found.at(share);
  }

  /** Mean of the size said minus the true one. */
  public Double sizeBias() {
    return errors().mean();
  }

  /** Median of the size's error without its sign. */
  public Double sizeError() {
    return new Quantiles(detected().stream().map(t -> Math.abs(t.sizeError())).toList()).at(0.5);
  }

  /** Share of 95 % intervals that hold the true size. */
  public Double coverage() {
    return new Quantiles(detected().stream().map(t -> t.covered() ? 1.0 : 0.0).toList()).mean();
  }

  /** The slowest tenth of the trials and all misses, in words. */
  public List<String> slowest() {
    Double late = delayWindows(0.9);
    return trials.stream()
        .filter(t -> !t.detected() || late != null && t.delayWindows() > late)
        .map(TrialResult::line)
        .toList();
  }

  public long recovered() {
    return trials.stream().filter(TrialResult::recovered).count();
  }

  public long reopened() {
    return trials.stream().mapToLong(TrialResult::reopened).sum();
  }

  private Quantiles errors() {
    return new Quantiles(detected().stream().map(TrialResult::sizeError).toList());
  }

  /** A quantile of a reference's seconds over all trials; infinite if that quantile was missed. */
  public double referenceSeconds(int reference, double p) {
    return new Quantiles(referenceDelays(reference)).at(p);
  }

  /** Seconds a reference took in each trial; infinite where it missed. */
  List<Double> referenceDelays(int reference) {
    return trials.stream()
        .map(trial -> trial.references().get(reference))
        .map(r -> r.detected() ? r.delaySeconds() : Double.POSITIVE_INFINITY)
        .toList();
  }

  long referenceFalseAlarms(int reference) {
    return trials.stream().mapToLong(t -> t.references().get(reference).falseAlarms()).sum();
  }
}
