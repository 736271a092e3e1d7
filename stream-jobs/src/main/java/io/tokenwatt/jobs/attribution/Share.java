package io.tokenwatt.jobs.attribution;

import io.tokenwatt.model.Cell;

/**
 * One cell's part in a board.
 *
 * @param timeWeight part of the board's time (and so of its price), in the allocation's own units:
 *     slice size
 * @param energyWeight part of the board's energy, in the allocation's own units: activity x slice
 *     size
 */
public record Share(Cell cell, BoardState state, long timeWeight, long energyWeight) {}
