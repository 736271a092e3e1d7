package io.tokenwatt.jobs.attribution;

import io.tokenwatt.model.Cell;
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
   * @param weight part in the row against other claims of the same owner (tokens produced per
   *     model); 1 when alone
   * @param owner claims of one owner share what the owner gets
   */
  public record Claim(Cell cell, BoardState state, String owner, long weight, boolean assumed) {}
}
