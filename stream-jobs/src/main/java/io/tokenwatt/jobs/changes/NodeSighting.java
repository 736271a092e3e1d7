package io.tokenwatt.jobs.changes;

import io.tokenwatt.model.fact.Place;
import io.tokenwatt.model.proto.Engine;
import java.util.List;

/**
 * What one counted sample shows of a node, as far as it tells what runs there.
 *
 * @param atMs event time of the sample
 * @param recordMs Kafka's record time of it
 * @param partial some target did not answer
 * @param driver "" = no board was read
 */
public record NodeSighting(
    long atMs,
    long recordMs,
    Place place,
    long agentRun,
    String agentVersion,
    boolean partial,
    String driver,
    List<Unit> units,
    List<Board> boards) {

  /**
   * One owner of boards or engines.
   *
   * @param key the same in every sample that has this owner; replicas of one workload share it
   * @param deployment the key that the agent gave it
   * @param engines those that answered
   */
  public record Unit(
      String key,
      String workload,
      String role,
      String hardware,
      String model,
      String deployment,
      List<Engine> engines) {}

  /**
   * One physical board.
   *
   * @param powerLimitMw {@link #NO_READING} where it was not read
   * @param workload of its first owner; "" = none
   */
  public record Board(
      String gpu, String hardware, long powerLimitMw, String workload, String deployment) {}

  public static final long NO_READING = Long.MIN_VALUE;

  /** Highest limit of the deployment's boards; null = not read. */
  Long powerLimitMw(String workload, String deployment) {
    long highest = NO_READING;
    for (Board board : boards) {
      if (board.workload.equals(workload) && board.deployment.equals(deployment)) {
        highest = Math.max(highest, board.powerLimitMw);
      }
    }
    return highest == NO_READING ? null : highest;
  }

  /** The kind of the node's boards, where they are of one; else "". */
  String onlyHardware() {
    String only = "";
    for (Board board : boards) {
      if (!only.isEmpty() && !only.equals(board.hardware)) {
        return "";
      }
      only = board.hardware;
    }
    return only;
  }
}
