package io.tokenwatt.jobs.attribution;

import java.util.List;

/**
 * One row of a board that somebody holds, or nobody.
 *
 * @param claims cells that hold the row; empty = nobody
 * @param slices size of the row in slices of the board ("2g.10gb" = 2); 1 for a whole board
 * @param grActivePpm engine activity of the row; -1 = not read
 */
public record Tenancy(List<Claim> claims, int slices, long grActivePpm) {

  /**
   * One cell's claim on a row.
   *
   * @param owner claims of one owner (one binding, which may serve several models) share what the
   *     owner gets
   * @param weight part in the row against other claims of the same owner: tokens by model
   * @param utilPpm part of the row's time that the owner's processes used; -1 = not read
   * @param assumed the owner was not told but concluded
   */
  public record Claim(
      Holder cell, BoardState state, String owner, long weight, long utilPpm, boolean assumed) {}
}
