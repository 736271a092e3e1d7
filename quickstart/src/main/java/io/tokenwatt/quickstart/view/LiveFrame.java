package io.tokenwatt.quickstart.view;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * What is shown at one moment, in the order in which it is shown.
 *
 * @param windowS length of a row's window, seconds
 * @param now when the frame was made
 */
public record LiveFrame(List<LiveRow> rows, int windowS, Instant now) {
  private static final Comparator<LiveRow> ORDER =
      Comparator.comparing(LiveRow::region)
          .thenComparing(LiveRow::hardware)
          .thenComparing(LiveRow::model);

  public LiveFrame {
    rows = rows.stream().sorted(ORDER).toList();
  }

  /** Unix seconds that data has reached; 0 = nothing yet. */
  long dataUpToS() {
    return rows.stream().mapToLong(LiveRow::windowEndS).max().orElse(0);
  }
}
