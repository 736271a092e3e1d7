package io.tokenwatt.collectors.ownership;

import io.tokenwatt.collectors.exporters.GpuId;
import io.tokenwatt.collectors.exporters.GpuRowReading;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a person names boards: {@code GPU-5fd4f087-86f3-…} (also without "GPU-"), {@code 0} (the
 * exporter's index), {@code all}; with {@code /3} behind it only MIG instance 3 (GPU_I_ID) or
 * partition 3 of the board.
 *
 * @param id empty = by index or all
 * @param index empty = by identity or all
 * @param instance empty = the whole board, its instances included
 */
public record BoardRef(
    String written, Optional<GpuId> id, OptionalInt index, OptionalInt instance) {

  /**
   * @throws IllegalArgumentException if it names no board
   */
  public static BoardRef parse(String written) {
    int slash = written.lastIndexOf('/');
    String board = slash < 0 ? written : written.substring(0, slash);
    OptionalInt instance = slash < 0 ? OptionalInt.empty() : number(written.substring(slash + 1));
    if (board.isBlank() || (slash >= 0 && instance.isEmpty())) {
      throw new IllegalArgumentException(
          "expected a board as GPU-5fd4…, GPU-5fd4…/3 (instance 3), 0 (index) or all");
    }
    if (board.equals("all")) {
      return new BoardRef(written, Optional.empty(), OptionalInt.empty(), instance);
    }
    OptionalInt index = number(board);
    Optional<GpuId> id = index.isPresent() ? Optional.empty() : Optional.of(GpuId.of(board));
    return new BoardRef(written, id, index, instance);
  }

  /** The row is named: by its board, and by its instance where one is named. */
  public boolean names(GpuRowReading row) {
    boolean board = id.map(row.id()::equals).orElse(true);
    boolean place = index.isEmpty() || index.getAsInt() == row.index();
    // In a row instance 0 is the whole board and n + 1 is instance n.
    boolean part = instance.isEmpty() || instance.getAsInt() + 1 == row.instance();
    return board && place && part;
  }

  /** The row as {@link #parse} reads it. */
  public static String textOf(GpuRowReading row) {
    return row.instance() == 0 ? row.id().toString() : row.id() + "/" + (row.instance() - 1);
  }

  @Override
  public String toString() {
    return written;
  }

  private static OptionalInt number(String text) {
    boolean digits = text.matches("\\d{1,6}");
    return digits ? OptionalInt.of(Integer.parseInt(text)) : OptionalInt.empty();
  }
}
