package io.tokenwatt.quickstart.faults;

import io.tokenwatt.jobs.efficiency.RetainedCheckpoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** The jobs on the cluster, as an operator starts, upgrades and ends them. Not thread-safe. */
final class Job {
  private final Stand stand;
  private final JobFiles files;
  private String id = "";

  Job(Stand stand, JobFiles files) {
    this.stand = stand;
    this.files = files;
  }

  void start(Optional<String> from, int parallelism) throws IOException, InterruptedException {
    Path config = files.write(stand.storeUrl(), parallelism);
    id = stand.rest.run(stand.jar(), List.of("--cluster", "--config", config.toString()), from);
    Patience.await("the job", () -> answered(() -> stand.rest.runs(id)));
  }

  /** After its JobManager was lost: from the newest checkpoint that is whole. */
  void startAgain(int parallelism) throws IOException, InterruptedException {
    Optional<Path> newest = RetainedCheckpoints.newest(files.checkpoints());
    start(newest.map(checkpoint -> checkpoint.toUri().toString()), parallelism);
  }

  /** Until all tasks run again, whatever happened to them. */
  void awaitRunning() throws IOException, InterruptedException {
    Patience.await("the job", () -> answered(() -> stand.rest.runs(id)));
  }

  /**
   * Ends it with a savepoint.
   *
   * @param drain every window is closed, for nothing will follow
   */
  String stop(boolean drain) throws InterruptedException, IOException {
    Path folder = Files.createDirectories(files.folder().resolve("savepoints"));
    AtomicReference<String> location = new AtomicReference<>();
    AtomicReference<String> trigger = new AtomicReference<>();
    Patience.await(
        "the savepoint",
        () ->
            answered(
                () -> {
                  if (trigger.get() == null) {
                    trigger.set(stand.rest.stop(id, folder, drain));
                  }
                  try {
                    stand.rest.savepoint(id, trigger.get()).ifPresent(location::set);
                  } catch (IOException failed) {
                    trigger.set(null); // the job was just restarting: ask again
                    throw failed;
                  }
                  return location.get() != null;
                }));
    Patience.await("the job's end", () -> answered(() -> stand.rest.state(id).equals("FINISHED")));
    return location.get();
  }

  String lastFailure() throws InterruptedException {
    try {
      return stand.rest.lastFailure(id);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private interface Call {
    boolean isSo() throws IOException, InterruptedException;
  }

  private static boolean answered(Call call) throws InterruptedException {
    try {
      return call.isSo();
    } catch (IOException notNow) {
      return false;
    }
  }
}
