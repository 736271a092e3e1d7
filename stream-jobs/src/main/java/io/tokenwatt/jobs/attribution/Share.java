package io.tokenwatt.jobs.attribution;

/**
 * One cell's part in a board.
 *
 * @param timeWeight part of the board's time (and so of its price), in the allocation's own units:
 *     slice size
 * @param energyWeight part of the board's energy, in the allocation's own units: activity x slice
 *     size
 * @param measured the part was read off the machine: the board has this one owner, or the owners'
 *     activity was read; false where it is assumed, equal, by size or by tokens
 */
public record Share(
    Holder cell, BoardState state, long timeWeight, long energyWeight, boolean measured) {}
