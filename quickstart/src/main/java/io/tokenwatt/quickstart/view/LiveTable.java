package io.tokenwatt.quickstart.view;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A frame as lines of at most {@value #WIDTH} characters. Pure. */
public final class LiveTable {
  public static final int WIDTH = 120;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);
  private static final String GAP = " ";

  private LiveTable() {}

  public static List<String> lines(LiveFrame frame) {
    List<String> lines = new ArrayList<>();
    lines.add(title(frame));
    if (frame.rows().isEmpty()) {
      return lines;
    }
    lines.add("");
    lines.add(header());
    Notes notes = new Notes();
    frame.rows().stream()
        .filter(row -> !row.unallocated())
        .forEach(row -> lines.add(line(row, notes.of(row))));
    lines.addAll(unallocated(frame.rows()));
    lines.add("");
    lines.addAll(legend(notes));
    return lines.stream().map(LiveTable::cut).toList();
  }

  private static String title(LiveFrame frame) {
    if (frame.rows().isEmpty()) {
      return "Tokenwatt: waiting for the first window of data";
    }
    long upTo = frame.dataUpToS();
    return "Tokenwatt: windows of %d s, data up to %s UTC, %d s ago"
        .formatted(
            frame.windowS(),
            TIME.format(Instant.ofEpochSecond(upTo)),
            Math.max(0, frame.now().getEpochSecond() - upTo));
  }

  private static String header() {
    return Arrays.stream(LiveColumn.values())
        .map(LiveColumn::header)
        .collect(Collectors.joining(GAP, "", GAP + "note"));
  }

  private static String line(LiveRow row, String notes) {
    String cells =
        Arrays.stream(LiveColumn.values())
            .map(column -> column.cell(row))
            .collect(Collectors.joining(GAP));
    return (cells + GAP + notes).stripTrailing();
  }

  /** Boards that nobody holds have watts and nothing else: a line per region. */
  private static List<String> unallocated(List<LiveRow> rows) {
    Map<String, String> byRegion =
        rows.stream()
            .filter(LiveRow::unallocated)
            .collect(
                Collectors.groupingBy(
                    LiveRow::region,
                    TreeMap::new,
                    Collectors.mapping(
                        row -> row.hardware() + " " + Numbers.whole(row.watts()) + " W",
                        Collectors.joining(", "))));
    return byRegion.entrySet().stream()
        .map(e -> "%-12s boards that nobody holds: %s".formatted(e.getKey(), e.getValue()))
        .toList();
  }

  private static List<String> legend(Notes notes) {
    List<String> lines = new ArrayList<>();
    lines.add("$/Mtok EX: EXAMPLE prices, not yours; busy board time per million output tokens.");
    lines.add(
        "tok/J: output tokens per joule of the boards. seen: share of board time observed. "
            + Numbers.UNKNOWN
            + ": not known, see note.");
    lines.add(LiveColumn.PROMPT + ": prompt tokens, of engines that embed or rank.");
    lines.addAll(notes.legend());
    return lines;
  }

  private static String cut(String line) {
    return line.length() <= WIDTH ? line : line.substring(0, WIDTH - 1) + "…";
  }
}
