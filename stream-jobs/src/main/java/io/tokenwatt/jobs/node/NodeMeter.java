package io.tokenwatt.jobs.node;

import io.tokenwatt.jobs.meter.EventTime;
import io.tokenwatt.jobs.meter.TimeModel;
import io.tokenwatt.jobs.power.PowerBook;
import io.tokenwatt.model.Quality;
import io.tokenwatt.model.Window;
import io.tokenwatt.model.fact.Place;
import io.tokenwatt.model.proto.NodeIdentity;
import io.tokenwatt.model.proto.NodeSample;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The meter of one node (DESIGN.md section 4, stage 1). Feed it the node's records in Kafka's order
 * and, whenever you like, the watermark of record time: the sum of what it hands out is the same
 * however the two interleave, as long as the watermark never passes the record time of a record
 * still to come.
 *
 * <p>Not thread-safe. Reads no clock.
 */
public final class NodeMeter {
  private final NodeState state;
  private final Naming naming;
  private final long versionBase;
  private final FactOutput out;
  private final WindowBook book;
  private final Intake intake;
  private final PowerScopes scopes;
  private final ExpectedTime expected;
  private final LabelGuard guard;

  /**
   * @param state of this node; changed in place
   * @param epoch of a deliberate recomputation: rows of a higher epoch win over all of a lower one
   */
  public NodeMeter(NodeState state, Naming naming, int epoch, FactOutput out) {
    this(state, naming, PowerBook.EMPTY, epoch, out);
  }

  /** The same, with node classes and PUE. */
  public NodeMeter(NodeState state, Naming naming, PowerBook power, int epoch, FactOutput out) {
    this(state, naming, power, LabelLimits.DEFAULT, epoch, out);
  }

  /** The same, with limits to what labels may bring. */
  public NodeMeter(
      NodeState state,
      Naming naming,
      PowerBook power,
      LabelLimits limits,
      int epoch,
      FactOutput out) {
    this.guard = new LabelGuard(state, limits);
    this.state = state;
    this.naming = naming;
    this.versionBase = (long) epoch << 40;
    this.out = out;
    this.book = new WindowBook(state.windows);
    this.intake = new Intake(state, versionBase, out);
    this.scopes = new PowerScopes(state, power, book);
    this.expected = new ExpectedTime(state, book);
  }

  /**
   * A record and what became of it; {@code keep} when it should be kept aside as a sample of its
   * outcome.
   *
   * @param beyondLimits values counted under "(other)", by label
   * @param news of them for a person; "" = nothing new
   */
  public record Verdict(
      IntakeOutcome outcome,
      boolean keep,
      Map<LabelLimits.Label, Integer> beyondLimits,
      String news) {}

  /** Takes a decoded sample. */
  public Verdict accept(NodeSample sample, long recordMs) {
    if (state.seen) {
      expireBy(recordMs);
    }
    state.recordMs = Math.max(state.recordMs, recordMs);
    IntakeOutcome outcome = intake.order(sample);
    if (outcome == IntakeOutcome.COUNTED) {
      EventTime time =
          EventTime.of(
              sample.getObservedAtMs(), recordMs, state.seen ? state.eventMs : Long.MIN_VALUE);
      if (time.lateAt(recordMs)) {
        outcome = IntakeOutcome.LATE;
      } else {
        meter(sample, time);
        boolean keep = intake.count(outcome, recordMs);
        return new Verdict(outcome, keep, guard.folded(), guard.news());
      }
    }
    return new Verdict(outcome, intake.count(outcome, recordMs), Map.of(), "");
  }

  /** Counts a record that could not be decoded. */
  public Verdict reject(String node, long recordMs) {
    if (state.place == null) {
      state.place = new Place(node, "", "", "", "", "");
    }
    state.recordMs = Math.max(state.recordMs, recordMs);
    boolean keep = intake.count(IntakeOutcome.REJECTED, recordMs);
    return new Verdict(IntakeOutcome.REJECTED, keep, Map.of(), "");
  }

  private void meter(NodeSample told, EventTime time) {
    long atMs = time.ms();
    NodeSample sample = guard.fold(told, atMs);
    state.place = place(sample.getNode());
    state.tickMs = sample.getTickMs();
    int flags =
        (time.clockSkew() || SampleCheck.doubtsClock(sample) ? Quality.CLOCK_SKEW.bit() : 0)
            | (sample.getFailuresCount() > 0 ? Quality.PARTIAL_SCRAPE.bit() : 0);
    long booted = sample.getBootedAtMs();
    OptionalLong countFrom =
        state.seen && booted > state.eventMs && booted <= atMs
            ? OptionalLong.of(booted)
            : OptionalLong.empty();
    if (state.seen && !state.expired && atMs > state.expectedUntilMs) {
      expected.all(state.expectedUntilMs, atMs);
    }
    state.expectedUntilMs = Math.max(state.expectedUntilMs, atMs);
    if (state.seen) {
      // Up to 15 min after the sample before it is written already.
      expected.node(
          Math.max(atMs, state.eventMs + TimeModel.LATENESS_MS),
          Math.min(state.expectedUntilMs, atMs + TimeModel.LATENESS_MS));
    }
    Map<String, BoardReading> boards = BoardReading.of(sample.getGpus());
    state.nodeClass = sample.getNode().getNodeClass();
    state.boardsPresent = boards.isEmpty() ? state.boardsPresent : boards.size();
    PueTimeline.read(state, sample, atMs);
    Owners owners = new Owners(sample, boards, state, naming);
    new EngineMetering(state, owners, new EngineFacts(book), atMs, flags).read(sample);
    new HeldEnergy(state).giveUp(atMs - TimeModel.MAX_GAP_MS, book, scopes);
    new BoardMetering(state, owners, naming, book, scopes, atMs, flags, countFrom).read(boards);
    new MachineMetering(state, owners, book, scopes, atMs).read(sample, countFrom);
    new ChangeWatch(state, naming, out).look(sample, owners, boards, atMs);
    state.seen = true;
    state.expired = false;
    state.agentRun = sample.getAgentRun();
    state.seq = sample.getSeq();
    state.eventMs = atMs;
    new Pairing(state).decide(atMs);
    new BoardDoubts(state).judge(atMs);
    Flush flush = new Flush(state, versionBase, out);
    flush.changed(atMs);
    flush.forget(atMs);
    forgetUnseen(atMs);
  }

  /** The watermark has come to {@code watermarkMs}: writes what silence means. */
  public void advance(long watermarkMs) {
    intake.writeBefore(Window.startOf(watermarkMs - 1000));
    if (!state.seen) {
      return;
    }
    long until = Window.startOf(watermarkMs - state.tickMs - 1000);
    if (until > state.expectedUntilMs) {
      expected.all(state.expectedUntilMs, until);
      state.expectedUntilMs = until;
      new Flush(state, versionBase, out).changed(until);
    }
    expireBy(watermarkMs);
  }

  /**
   * When {@link #advance} next has something to do; Long.MAX_VALUE = never, the state may be
   * dropped.
   */
  public long nextTimerMs() {
    if (!state.seen) {
      return intake.nextTimerMs();
    }
    long lastExpected = state.eventMs + TimeModel.LATENESS_MS;
    if (state.expectedUntilMs < lastExpected) {
      return Window.endOf(state.expectedUntilMs) + state.tickMs + 1000;
    }
    if (!state.expired) {
      return expiryMs();
    }
    if (!state.windows.isEmpty()) {
      return lastTouchMs();
    }
    return Math.max(state.recordMs, state.eventMs) + TimeModel.FORGET_MS;
  }

  /** Whether everything known of the node is too old to be of use at {@code watermarkMs}. */
  public boolean isForgotten(long watermarkMs) {
    return intake.isForgotten(watermarkMs) && (!state.seen || isTooOldAt(watermarkMs));
  }

  /**
   * Whether a record of this time must begin with a new state: depending on the watermark this one
   * may have been dropped by now, or not yet, and that must make no difference. If so, writes all
   * that is still to be written.
   */
  public boolean isOutlivedBy(long recordMs) {
    if (!state.seen || !isTooOldAt(recordMs - 1)) {
      return false;
    }
    advance(recordMs - 1);
    return true;
  }

  private boolean isTooOldAt(long watermarkMs) {
    return watermarkMs >= Math.max(state.recordMs, state.eventMs) + TimeModel.FORGET_MS;
  }

  /**
   * After this record time no sample can be spread over an interval that begins at the last one:
   * such a sample would be both less than the maximal gap after it and late.
   */
  private long expiryMs() {
    return state.eventMs + TimeModel.MAX_GAP_MS + TimeModel.LATENESS_MS + 2 * Window.SIZE_MS;
  }

  /** After this record time no sample can touch even a window that time is only expected in. */
  private long lastTouchMs() {
    return state.eventMs + 2 * TimeModel.LATENESS_MS + 2 * Window.SIZE_MS;
  }

  private void expireBy(long recordMs) {
    if (!state.expired && recordMs >= expiryMs()) {
      expire();
    }
    if (state.expired && recordMs >= lastTouchMs()) {
      state.windows.clear();
    }
  }

  private void expire() {
    long until = state.eventMs + TimeModel.LATENESS_MS;
    if (until > state.expectedUntilMs) {
      expected.all(state.expectedUntilMs, until);
      state.expectedUntilMs = until;
    }
    new HeldEnergy(state).giveUp(Long.MAX_VALUE, book, scopes);
    // A sample may still come into windows that hold nothing but expected time: not yet judged.
    Map<Long, WindowState> ahead = new HashMap<>(state.windows);
    ahead.keySet().removeIf(start -> start < state.eventMs + TimeModel.MAX_GAP_MS);
    state.windows.keySet().removeAll(ahead.keySet());
    Flush flush = new Flush(state, versionBase, out);
    new Pairing(state).decideAll();
    new BoardDoubts(state).judge(Long.MAX_VALUE);
    flush.changed(Long.MAX_VALUE);
    state.windows.clear();
    state.windows.putAll(ahead);
    flush.changed(Long.MAX_VALUE);
    state.expired = true;
  }

  private void forgetUnseen(long atMs) {
    long before = atMs - TimeModel.FORGET_MS;
    state.series.values().removeIf(s -> s.seenMs < before);
    state.boards.values().removeIf(b -> b.meter.seenMs < before);
    EfficiencyJumps.forget(state, atMs);
  }

  private static Place place(NodeIdentity node) {
    return new Place(
        node.getNode(),
        node.getRegion(),
        node.getZone(),
        node.getCluster(),
        node.getSite(),
        node.getRack());
  }
}
