package io.tokenwatt.quickstart.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a process has used, as Linux tells of it in /proc. */
public record ProcessMeter(long pid) {
  /** USER_HZ, which is 100 on every Linux that runs a JVM. */
  private static final double TICKS_PER_SECOND = 100;

  /** User and system time of all its threads, those that ended included; to 10 ms. */
  public double cpuSeconds() throws IOException {
    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    // The name in parentheses may hold blanks; utime and stime are fields 14 and 15.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
  }

  /** Resident memory in MiB. */
  public double rssMib() throws IOException {
    return kib("VmRSS:") / 1024;
  }

  /** The most resident memory so far in MiB. */
  public double peakRssMib() throws IOException {
    return kib("VmHWM:") / 1024;
  }

  private double kib(String key) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
      if (line.startsWith(key)) {
        return Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    throw new IOException("/proc/" + pid + "/status has no " + key);
  }
}
