package io.tokenwatt.collectors.agent;

import io.tokenwatt.collectors.spool.SpoolSpec;
import io.tokenwatt.config.Section;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Section {@code spool} of the agent's YAML. Stateless. */
final class SpoolYaml {
  private static final long MOST_BYTES = 1L << 40;
  private static final int MOST_CATCH_UP = 1000;

  private SpoolYaml() {}

  /** Empty where the section is absent: records wait in memory. */
  static Optional<SpoolSpec> read(Section root) {
    if (!root.has("spool")) {
      return Optional.empty();
    }
    Section section = root.section("spool");
    Optional<Path> dir = section.path("dir");
    if (dir.isEmpty()) {
      section.reject("dir", "is required: a folder of this agent alone, on a disk that stays");
    }
    long bytes =
        section.bytes(
            "max_bytes", SpoolSpec.DEFAULT_MAX_BYTES, SpoolSpec.LEAST_MAX_BYTES, MOST_BYTES);
    Duration age =
        section.duration(
            "max_age",
            SpoolSpec.DEFAULT_MAX_AGE,
            Duration.ofSeconds(10),
            SpoolSpec.DEFAULT_MAX_AGE);
    int catchUp = section.integer("catch_up", SpoolSpec.DEFAULT_CATCH_UP, 2, MOST_CATCH_UP);
    return dir.map(path -> new SpoolSpec(path, bytes, age, catchUp));
  }
}
