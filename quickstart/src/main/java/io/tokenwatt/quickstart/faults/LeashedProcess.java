package io.tokenwatt.quickstart.faults;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A process started here that ends with this one, however this one ends: a shell beside it waits on
 * a pipe that only we hold. Not thread-safe.
 */
final class LeashedProcess implements AutoCloseable {
  private static final long PATIENCE_S = 20;

  private final Process process;
  private final Process leash;

  private LeashedProcess(Process process, Process leash) {
    this.process = process;
    this.leash = leash;
  }

  /**
   * @param log where both of its outputs are appended
   */
  static LeashedProcess start(List<String> command, Path folder, Path log) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectInput(new File("/dev/null"))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    Process leash =
        new ProcessBuilder(
                "/bin/sh", "-c", "trap '' INT HUP TERM; cat >/dev/null; kill -9 " + process.pid())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    return new LeashedProcess(process, leash);
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** SIGKILL; returns when it is gone. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
      throw new IllegalStateException("process " + pid() + " is still there after SIGKILL");
    }
    leash.destroyForcibly();
  }

  /** SIGTERM, then SIGKILL. */
  @Override
  public void close() {
    process.destroy();
    try {
      process.waitFor(PATIENCE_S, TimeUnit.SECONDS);
      kill();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      leash.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
