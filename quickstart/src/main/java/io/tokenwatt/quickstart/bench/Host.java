package io.tokenwatt.quickstart.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.stream.Stream;

/** The machine that figures belong to, and how busy others keep it. */
final class Host {
  private Host() {}

  static String text() {
    return String.format(
        Locale.ROOT,
        "%s, %d cores, %s; %s %s; Java %s",
        cpuInfo("model name"),
        Runtime.getRuntime().availableProcessors(),
        memory(),
        System.getProperty("os.name"),
        System.getProperty("os.version"),
        System.getProperty("java.vm.version"));
  }

  static String now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** Processes that ran or wanted to, on average over the last minute; below 0 = not told. */
  static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }

  private static String cpuInfo(String key) {
    return line(Path.of("/proc/cpuinfo"), key, System.getProperty("os.arch"));
  }

  private static String memory() {
    String total = line(Path.of("/proc/meminfo"), "MemTotal", "0 kB").replaceAll("\\D", "");
    return Math.round(Long.parseLong(total) / 1024.0 / 1024) + " GiB";
  }

  private static String line(Path file, String key, String otherwise) {
    if (!Files.isReadable(file)) {
      return otherwise;
    }
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith(key))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(otherwise);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
