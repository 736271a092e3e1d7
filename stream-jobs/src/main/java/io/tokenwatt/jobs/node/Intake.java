package io.tokenwatt.jobs.node;

import io.tokenwatt.jobs.meter.TimeModel;
import io.tokenwatt.model.Window;
import io.tokenwatt.model.fact.IntakeRow;
import io.tokenwatt.model.fact.Place;
import io.tokenwatt.model.proto.NodeSample;

/** Judges and counts a node's records, by the 10 s window of their record time. */
final class Intake {
  private final NodeState state;
  private final long versionBase;
  private final FactOutput out;

  Intake(NodeState state, long versionBase, FactOutput out) {
    this.state = state;
    this.versionBase = versionBase;
    this.out = out;
  }

  /** The outcome by order alone: COUNTED means nothing speaks against it so far. */
  IntakeOutcome order(NodeSample sample) {
    if (!state.seen || sample.getAgentRun() > state.agentRun) {
      return IntakeOutcome.COUNTED;
    }
    if (sample.getAgentRun() == state.agentRun) {
      if (sample.getSeq() > state.seq) {
        return IntakeOutcome.COUNTED;
      }
      return sample.getSeq() == state.seq ? IntakeOutcome.DUPLICATE : IntakeOutcome.OUT_OF_ORDER;
    }
    // An older run that is still ticking is another process, not a straggler of the last one.
    return sample.getObservedAtMs() > state.eventMs
        ? IntakeOutcome.TWO_AGENTS
        : IntakeOutcome.OUT_OF_ORDER;
  }

  /**
   * Counts a record; true when it is the first of its outcome in this window (of which a sample is
   * kept).
   */
  boolean count(IntakeOutcome outcome, long recordMs) {
    long window = Window.startOf(recordMs);
    closeBefore(window);
    NodeState.IntakeCount count =
        state.intake.computeIfAbsent(
            outcome.label(),
            label -> {
              NodeState.IntakeCount fresh = new NodeState.IntakeCount();
              fresh.windowStartMs = window;
              return fresh;
            });
    count.records++;
    count.dirty = true;
    return count.records == 1;
  }

  /**
   * Writes the counts of windows that start before {@code windowStartMs}. They are kept until the
   * node's own record time is past them: the watermark may run ahead of a partition that was
   * silent, and a count begun anew would say less than is true.
   */
  void writeBefore(long windowStartMs) {
    state.intake.forEach(
        (outcome, count) -> {
          if (count.windowStartMs < windowStartMs) {
            write(outcome, count);
          }
        });
  }

  /** When a count is next to be written or dropped, where the node has no other timers. */
  long nextTimerMs() {
    if (state.intake.isEmpty()) {
      return Long.MAX_VALUE;
    }
    return isWritten() ? forgottenMs() : Window.endOf(state.recordMs) + 1000;
  }

  /** Whether no count is to be written or continued. */
  boolean isForgotten(long watermarkMs) {
    return state.intake.isEmpty() || (isWritten() && watermarkMs >= forgottenMs());
  }

  private boolean isWritten() {
    return state.intake.values().stream().noneMatch(count -> count.dirty);
  }

  private long forgottenMs() {
    return state.recordMs + TimeModel.LATENESS_MS;
  }

  private void closeBefore(long windowStartMs) {
    writeBefore(windowStartMs);
    state.intake.values().removeIf(count -> count.windowStartMs < windowStartMs);
  }

  private void write(String outcome, NodeState.IntakeCount count) {
    if (count.dirty) {
      count.dirty = false;
      Place place = state.place == null ? new Place("", "", "", "", "", "") : state.place;
      out.intake(
          new IntakeRow(
              count.windowStartMs, place, outcome, count.records, versionBase + count.records));
    }
  }
}
