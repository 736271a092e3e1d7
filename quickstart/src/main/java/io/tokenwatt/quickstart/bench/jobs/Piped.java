package io.tokenwatt.quickstart.bench.jobs;

import io.tokenwatt.quickstart.bench.live.Child;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A main of this class path as a child JVM that ends when its input does, hence with us, however we
 * end. Not thread-safe.
 */
final class Piped implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;

  private final Process process;
  private final Path log;
  private final Writer in;
  private final BufferedReader out;

  private Piped(Process process, Path log) {
    this.process = process;
    this.log = log;
    this.in = process.outputWriter(StandardCharsets.US_ASCII);
    this.out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
  }

  /**
   * @param cores that it may use; 0 = all
   * @throws IOException if cores are to be limited and there is no taskset
   */
  static Piped java(Class<?> main, int cores, List<String> flags, List<String> arguments, Path log)
      throws IOException {
    List<String> command = new ArrayList<>();
    if (cores > 0) {
      String taskset =
          Child.find("taskset").orElseThrow(() -> new IOException("no taskset")).toString();
      command.addAll(List.of(taskset, "-c", "0-" + (cores - 1)));
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Dlogback.configurationFile=io/tokenwatt/jobs/logback.xml"); // to stderr
    command.addAll(flags);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    return new Piped(process, log);
  }

  /** Says a line and returns the line that answers it. */
  String ask(String line) throws IOException {
    in.write(line + "\n");
    in.flush();
    String answer = out.readLine();
    if (answer == null) {
      throw new IOException("ended by itself: " + tail());
    }
    return answer;
  }

  long pid() {
    return process.pid();
  }

  void requireAlive() throws IOException {
    if (!process.isAlive()) {
      throw new IOException("ended by itself: " + tail());
    }
  }

  private String tail() throws IOException {
    String text = Files.readString(log);
    return text.substring(Math.max(0, text.length() - 4_000));
  }

  /** SIGKILL, as a machine that is gone; returns when it is. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      process.destroy(); // it was gone already
    }
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
