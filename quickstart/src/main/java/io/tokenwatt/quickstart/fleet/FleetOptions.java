package io.tokenwatt.quickstart.fleet;

import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;

/**
 * How a fleet runs.
 *
 * @param seed decides UUIDs, arrivals, lengths, outages: everything but the ports
 * @param clock event time; a test may step it
 * @param portBase ports are the first free ones from here; 0 = a range below the system's own
 * @param day length of a simulated day
 * @param warmUp simulated before the start, so that the fleet is found in the middle of its work
 * @param restartAfter from the start to the crash of the engine that crashes
 * @param restartFor from its crash until it answers again, at least 1 s
 * @param mostTruth scrapes per target and instants per node that are written down; 0 = none
 * @param selfDriven a thread keeps the fleet up to date; else the caller calls {@link Fleet#tick}
 */
public record FleetOptions(
    long seed,
    InstantSource clock,
    int portBase,
    Duration day,
    Duration warmUp,
    Duration restartAfter,
    Duration restartFor,
    int mostTruth,
    boolean selfDriven) {

  public FleetOptions {
    require(portBase >= 0 && portBase <= 65_000, "portBase is " + portBase + ", not in 0..65000");
    require(day.compareTo(Duration.ofMinutes(1)) >= 0, "day is " + day + ", below 1 min");
    require(!warmUp.isNegative(), "warmUp is " + warmUp + ", below 0");
    require(!restartAfter.isNegative(), "restartAfter is " + restartAfter + ", below 0");
    require(restartFor.toSeconds() >= 1, "restartFor is " + restartFor + ", below 1 s");
    require(mostTruth >= 0, "mostTruth is " + mostTruth + ", below 0");
  }

  /** Real time, a crash 75 s after the start, three hours of truth at one scrape a second. */
  public static FleetOptions of(long seed) {
    return new FleetOptions(
        seed,
        Clock.systemUTC(),
        0,
        Duration.ofHours(24),
        Duration.ofSeconds(60),
        Duration.ofSeconds(75),
        Duration.ofSeconds(12),
        10_800,
        true);
  }

  /** On a clock that the caller steps; nothing moves but by {@link Fleet#tick} or a scrape. */
  public FleetOptions onClock(InstantSource stepped) {
    return new FleetOptions(
        seed, stepped, portBase, day, warmUp, restartAfter, restartFor, mostTruth, false);
  }

  public FleetOptions fromPort(int base) {
    return new FleetOptions(
        seed, clock, base, day, warmUp, restartAfter, restartFor, mostTruth, selfDriven);
  }

  public FleetOptions withDay(Duration length) {
    return new FleetOptions(
        seed, clock, portBase, length, warmUp, restartAfter, restartFor, mostTruth, selfDriven);
  }

  public FleetOptions restartingAfter(Duration after, Duration length) {
    return new FleetOptions(
        seed, clock, portBase, day, warmUp, after, length, mostTruth, selfDriven);
  }

  public FleetOptions keepingTruth(int most) {
    return new FleetOptions(
        seed, clock, portBase, day, warmUp, restartAfter, restartFor, most, selfDriven);
  }

  private static void require(boolean right, String problem) {
    if (!right) {
      throw new IllegalArgumentException("fleet options: " + problem);
    }
  }
}
