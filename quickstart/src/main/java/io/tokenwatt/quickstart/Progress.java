package io.tokenwatt.quickstart;

import java.io.PrintStream;

/** Lines that tell what is being started, with the seconds since the command. Thread-safe. */
public final class Progress {
  private final PrintStream out;
  private final long startedNanos;

  public Progress(PrintStream out, long startedNanos) {
    this.out = out;
    this.startedNanos = startedNanos;
  }

  public double seconds() {
    return (System.nanoTime() - startedNanos) / 1e9;
  }

  public synchronized void say(String format, Object... arguments) {
    out.printf("[%5.1f s] %s%n", seconds(), String.format(format, arguments));
    out.flush();
  }
}
