package io.tokenwatt.collectors.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** When this machine booted. */
final class BootTime {
  private static final Path STAT = Path.of("/proc/stat");

  private BootTime() {}

  /** Unix ms, to the second; 0 where the system does not tell. */
  static long read() {
    try {
      return parse(Files.readAllLines(STAT));
    } catch (IOException e) {
      return 0;
    }
  }

  static long parse(List<String> lines) {
    return lines.stream()
        .filter(line -> line.matches("btime \\d{1,12}"))
        .map(line -> Long.parseLong(line.substring("btime ".length())) * 1000)
        .findFirst()
        .orElse(0L);
  }
}
