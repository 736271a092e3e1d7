package io.tokenwatt.quickstart.view;

import io.tokenwatt.model.Quality;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Numbers the reasons that a frame's rows give, for the last column and the legend. */
final class Notes {
  private static final Map<String, String> REASONS =
      Map.ofEntries(
          Map.entry(
              "source_period",
              "the exporter refreshes more slowly than the window; dcgm-exporter -c 1000 helps"),
          Map.entry("no_energy", "no reading of the energy counter in the window"),
          Map.entry("no_tokens", "no engine answered in the window"),
          Map.entry("unpaired", "joules and tokens of the window do not cover the same time"),
          Map.entry("no_price", "the price list has no price for these boards"),
          Map.entry(
              "token_coverage",
              "engines were read for less than 0.9 of the window: dollars per token would be too high"),
          Map.entry(
              "board_coverage",
              "boards were read for less than 0.9 of the window: dollars per token would be too low"),
          Map.entry(
              "prefill_only",
              "prefill servers: their joules stand with the tokens of their decode servers"),
          Map.entry(
              "other_rows",
              "boards of a pair or of several nodes count in other rows too: dollars need a wider group"),
          Map.entry("missing_members", "boards that the engine runs on were not all seen"),
          Map.entry("no_owner", "nobody holds these boards: they have no tokens"),
          Map.entry("training", "a training job holds these boards: it makes no tokens"),
          Map.entry(
              "doubted_energy",
              "more than a twentieth of the joules are from boards whose counter contradicts power or limit"),
          Map.entry(
              "prompt_only",
              "the engine generates nothing: its measure is joules per prompt token"),
          Map.entry(
              "window_too_short",
              "the engine credits tokens when a request ends; ask for a window of smallest_window_s"));

  /** The table shows the boards' energy, not the machine's. */
  private static final Set<String> OF_NOTHING_SHOWN = Set.of(Quality.MODELLED_NODE.label());

  private final Map<String, Integer> numbers = new LinkedHashMap<>();

  /** The row's marks, such as "1,3". */
  String of(LiveRow row) {
    return reasons(row).stream()
        .map(reason -> numbers.computeIfAbsent(reason, r -> numbers.size() + 1))
        .map(String::valueOf)
        .collect(Collectors.joining(","));
  }

  /** A line per number. */
  List<String> legend() {
    return numbers.entrySet().stream()
        .map(note -> " " + note.getValue() + "  " + note.getKey() + ": " + meaning(note.getKey()))
        .toList();
  }

  static List<String> reasons(LiveRow row) {
    List<String> reasons = new ArrayList<>();
    if (row.unallocated()) {
      reasons.add("no_owner");
    } else if (row.model().equals(LiveQuery.TRAINING)) {
      reasons.add("training");
    } else if (!row.energyNullReason().isEmpty()) {
      reasons.add(row.energyNullReason());
    }
    if (!row.usdNullReason().isEmpty() && !row.promptOnly()) {
      reasons.add(row.usdNullReason());
    }
    row.quality().stream()
        .filter(flag -> !reasons.contains(flag) && !OF_NOTHING_SHOWN.contains(flag))
        .forEach(reasons::add);
    return reasons;
  }

  private static String meaning(String reason) {
    String own = REASONS.get(reason);
    return own != null
        ? own
        : Arrays.stream(Quality.values())
            .filter(quality -> quality.label().equals(reason))
            .map(Quality::meaning)
            .findFirst()
            .orElse("see the column quality");
  }
}
