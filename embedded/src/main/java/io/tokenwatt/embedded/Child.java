package io.tokenwatt.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One engine in a JVM of its own. It ends when {@link #stop} closes its standard input or when this
 * process is gone, however that came about. Not thread-safe.
 */
final class Child {
  private static final int TAIL_LINES = 25;

  private final String name;
  private final Process process;
  private final Path log;
  private final CompletableFuture<Void> ready = new CompletableFuture<>();

  private Child(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
  }

  /**
   * Starts the child in the data directory, its standard error appended to {@code <name>.log}
   * there, and waits until it says that it serves.
   *
   * @throws EngineException with the tail of the log when it ends first or is not ready in time
   */
  static Child start(String name, ChildCommand command, Path directory, Duration deadline) {
    Path log = directory.resolve(name + ".log");
    try {
      Process process =
          new ProcessBuilder(command.toList())
              .directory(directory.toFile())
              .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
      Child child = new Child(name, process, log);
      child.listen();
      child.awaitReady(deadline);
      return child;
    } catch (IOException e) {
      throw new EngineException("Cannot start " + name + " in " + directory + ": " + e, e);
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  long pid() {
    return process.pid();
  }

  /** Asks for a clean end; kills the child when it has not come by the deadline. */
  void stop(Duration deadline) {
    try (OutputStream toChild = process.getOutputStream()) {
      toChild.write(ParentWatch.STOP);
    } catch (IOException alreadyGone) {
      // Its end of the pipe is closed: it is ending.
    }
    if (!awaitExit(deadline)) {
      kill();
    }
  }

  /** SIGKILL; returns when the process is gone. */
  void kill() {
    process.destroyForcibly();
    if (!awaitExit(Duration.ofSeconds(10))) {
      throw new EngineException(name + " (pid " + pid() + ") is still there after SIGKILL");
    }
  }

  /** Drains standard output for as long as the child lives, so that it never blocks on it. */
  private void listen() {
    Thread listener =
        new Thread(
            () -> {
              try (BufferedReader lines =
                  new BufferedReader(
                      new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                lines
                    .lines()
                    .filter(ParentWatch.READY::equals)
                    .forEach(line -> ready.complete(null));
              } catch (IOException | java.io.UncheckedIOException e) {
                // The child is gone; what follows tells it so.
              }
              ready.completeExceptionally(new EngineException("ended"));
            },
            name + "-listener");
    listener.setDaemon(true);
    listener.start();
  }

  private void awaitReady(Duration deadline) {
    try {
      ready.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw failure("ended before it was ready", e);
    } catch (TimeoutException e) {
      throw failure("was not ready within " + deadline.toSeconds() + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure("was interrupted while starting", e);
    }
  }

  private EngineException failure(String what, Exception cause) {
    kill();
    return new EngineException(
        name + " " + what + ". Its log " + log + " ends with:\n" + logTail(), cause);
  }

  private String logTail() {
    try {
      List<String> lines = Files.readAllLines(log, StandardCharsets.ISO_8859_1);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
    } catch (IOException e) {
      return "(unreadable: " + e + ")";
    }
  }

  private boolean awaitExit(Duration deadline) {
    try {
      return process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
