package io.tokenwatt.jobs.node;

import java.util.Map;

/**
 * What one node knows of an engine that it does not see whole: which boards it held, and which time
 * its joules and tokens cover. Growth since the part before; sums add up in any order.
 *
 * @param unit engines that are judged together
 * @param engine which of them
 * @param grouped the engine has a group, so it may run on more nodes than are seen
 * @param boardsRequired boards that the engine runs on, over all nodes; 0 = not told
 * @param nodesRequired nodes that it runs on; 0 = not told
 * @param heldMs by board (or instance of it), the time for which the node saw it held
 * @param energyMs by board, the time that its energy readings cover
 * @param tokenMs by series, the time that its token readings cover
 * @param machineMs the time that readings of the whole machine cover
 * @param modelledMs board-ms for which the machine's energy is modelled
 * @param facilityMs part of machineMs with a known PUE
 * @param facilityModelledMs part of modelledMs with a known PUE
 */
public record MemberPart(
    String unit,
    String engine,
    boolean grouped,
    String node,
    int boardsRequired,
    int nodesRequired,
    Map<String, Long> heldMs,
    Map<String, Long> energyMs,
    Map<String, Long> tokenMs,
    long machineMs,
    long modelledMs,
    long facilityMs,
    long facilityModelledMs) {}
