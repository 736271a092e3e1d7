package io.tokenwatt.jobs.efficiency;

import io.tokenwatt.config.Section;
import io.tokenwatt.jobs.regression.Tuning;
import io.tokenwatt.model.Window;
import java.time.Duration;

/** Section {@code regressions:}. What is worth a page or a ticket is not here: rules say it. */
final class RegressionsYaml {
  private static final Duration SHORTEST_WARM_UP = Duration.ofSeconds(80);
  private static final Duration DAY = Duration.ofDays(1);

  private RegressionsYaml() {}

  static JobConfig.Regressions read(Section section) {
    Tuning usual = Tuning.DEFAULT;
    Duration warmUp =
        section.duration(
            "warm_up",
            Duration.ofMillis(usual.warmUpWindows() * Window.SIZE_MS),
            SHORTEST_WARM_UP,
            DAY);
    Tuning tuning =
        new Tuning(
            windows(warmUp),
            section.number("quiet_windows", usual.quietWindows(), 100, 1e15),
            section.number("min_size", usual.minSize(), 0.005, 0.5),
            section.duration(
                "improved_for", usual.improved(), Duration.ofMinutes(10), Duration.ofDays(14)),
            section.duration("gone_after", usual.gone(), Duration.ofMinutes(1), DAY),
            section.duration(
                "unjudged_for", usual.unjudged(), Duration.ofMinutes(10), Duration.ofDays(14)),
            section.duration("cooldown", usual.cooldown(), Duration.ZERO, DAY),
            section.number("min_coverage", usual.leastCoverage(), 0.5, 1),
            section.number("min_measured_share", usual.leastMeasuredShare(), 0, 1),
            section.integer("min_tokens", usual.leastTokens(), 1, 1_000_000_000));
    return new JobConfig.Regressions(section.flag("enabled", true), tuning);
  }

  /** Rounded up. */
  static int windows(Duration time) {
    return Math.toIntExact(-Math.floorDiv(-time.toMillis(), Window.SIZE_MS));
  }
}
