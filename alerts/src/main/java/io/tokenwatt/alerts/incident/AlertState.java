package io.tokenwatt.alerts.incident;

import io.tokenwatt.alerts.Timing;
import java.time.Duration;
import java.time.Instant;

/**
 * One alert at one moment, as a value: a process that starts with the stored state goes on as if it
 * had never stopped.
 *
 * <ul>
 *   <li>{@link Reading#UNKNOWN} changes nothing: neither an error nor NULL fires or resolves.
 *   <li>{@link Reading#MISSING} withdraws what is pending. What fires is resolved only if its row
 *       is missing {@value #MISSING_TO_RESOLVE} times in a row (as in Grafana), with {@link
 *       Ending#GONE} as the reason that people are told.
 *   <li>What is pending is withdrawn, to start anew with the next evaluation, if it was last seen
 *       bad more than {@link #OUTAGE} ago (as in Prometheus), or in the future: nobody knows what
 *       happened in between, or somebody set the clock back.
 * </ul>
 *
 * @param since the first bad evaluation; with the labels it is the identity of the incident
 * @param lastBad the last bad evaluation
 * @param goodSince since when it is good again while {@link Phase#KEEP_FIRING}; else {@code
 *     lastBad}
 * @param firedAt when it began to fire; {@link Instant#EPOCH} = it did not
 * @param missed evaluations without a row, in a row
 */
public record AlertState(
    Phase phase,
    Instant since,
    Instant lastBad,
    Instant goodSince,
    Instant firedAt,
    int missed,
    Ending ending) {

  public static final int MISSING_TO_RESOLVE = 2;
  public static final Duration OUTAGE = Duration.ofHours(1);

  /** What the first bad evaluation makes. */
  public static AlertState first(Timing timing, Instant at) {
    AlertState pending = new AlertState(Phase.PENDING, at, at, at, Instant.EPOCH, 0, Ending.NONE);
    return timing.pending().isZero() ? pending.firing(at) : pending;
  }

  /** Whether somebody was, or has to be, told that it fires. */
  public boolean fired() {
    return !firedAt.equals(Instant.EPOCH);
  }

  /**
   * The state after one more evaluation. An alert that is over stays as it is.
   *
   * @param at the evaluation's time; before the last one's only if the clock was set back
   */
  public AlertState next(Timing timing, Reading reading, Instant at) {
    return switch (phase) {
      case PENDING -> pendingNext(timing, reading, at);
      case FIRING -> firingNext(timing, reading, at);
      case KEEP_FIRING -> keepFiringNext(timing, reading, at);
      case RESOLVED, WITHDRAWN -> this;
    };
  }

  /** The end that no evaluation brings: of a rule that is no longer in use. */
  public AlertState ruleRemoved() {
    return switch (phase) {
      case PENDING -> in(Phase.WITHDRAWN, Ending.RULE_REMOVED);
      case FIRING, KEEP_FIRING -> in(Phase.RESOLVED, Ending.RULE_REMOVED);
      case RESOLVED, WITHDRAWN -> this;
    };
  }

  AlertState superseded() {
    return new AlertState(
        Phase.WITHDRAWN, since, lastBad, goodSince, Instant.EPOCH, 0, Ending.SUPERSEDED);
  }

  private AlertState pendingNext(Timing timing, Reading reading, Instant at) {
    return switch (reading) {
      case UNKNOWN -> this;
      case GOOD -> in(Phase.WITHDRAWN, Ending.RECOVERED);
      case MISSING -> in(Phase.WITHDRAWN, Ending.GONE);
      case BAD -> {
        if (at.isBefore(lastBad) || Duration.between(lastBad, at).compareTo(OUTAGE) > 0) {
          yield in(Phase.WITHDRAWN, Ending.GONE);
        }
        boolean longEnough = Duration.between(since, at).compareTo(timing.pending()) >= 0;
        yield longEnough ? firing(at) : bad(Phase.PENDING, at);
      }
    };
  }

  private AlertState firingNext(Timing timing, Reading reading, Instant at) {
    return switch (reading) {
      case UNKNOWN -> this;
      case BAD -> bad(Phase.FIRING, at);
      case GOOD -> good(timing, at, Ending.RECOVERED);
      case MISSING ->
          missed + 1 < MISSING_TO_RESOLVE
              ? new AlertState(phase, since, lastBad, goodSince, firedAt, missed + 1, ending)
              : good(timing, at, Ending.GONE);
    };
  }

  private AlertState good(Timing timing, Instant at, Ending reason) {
    return timing.keepFiring().isZero()
        ? in(Phase.RESOLVED, reason)
        : new AlertState(Phase.KEEP_FIRING, since, lastBad, at, firedAt, 0, ending);
  }

  private AlertState keepFiringNext(Timing timing, Reading reading, Instant at) {
    return switch (reading) {
      case UNKNOWN -> this;
      case BAD -> bad(Phase.FIRING, at);
      case GOOD, MISSING -> {
        if (at.isBefore(goodSince)) {
          yield new AlertState(phase, since, lastBad, at, firedAt, missed, ending);
        }
        boolean over = Duration.between(goodSince, at).compareTo(timing.keepFiring()) >= 0;
        Ending reason = reading == Reading.GOOD ? Ending.RECOVERED : Ending.GONE;
        yield over ? in(Phase.RESOLVED, reason) : this;
      }
    };
  }

  private AlertState bad(Phase next, Instant at) {
    return new AlertState(next, since, at, at, firedAt, 0, Ending.NONE);
  }

  private AlertState firing(Instant at) {
    return new AlertState(Phase.FIRING, since, at, at, at, 0, Ending.NONE);
  }

  private AlertState in(Phase end, Ending reason) {
    return new AlertState(end, since, lastBad, goodSince, firedAt, missed, reason);
  }
}
