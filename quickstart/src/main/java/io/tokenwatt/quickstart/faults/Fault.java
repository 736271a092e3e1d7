package io.tokenwatt.quickstart.faults;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** What goes wrong, once, while the log is being read. In the order of the report. */
enum Fault {
  NONE("nothing: the packaged jar on the cluster", (t, stand) -> {}),
  TASKMANAGER_KILLED(
      "kill -9 of a TaskManager, replaced at once",
      (t, stand) -> {
        stand.flink.replaceTaskManager(t.choice(FlinkCluster.TASK_MANAGERS));
        t.job().awaitRunning();
      }),
  TASKMANAGER_PAUSED(
      "SIGSTOP of a TaskManager, SIGCONT after %s",
      (t, stand) -> paused(stand.flink.taskManagerPid(t.choice(FlinkCluster.TASK_MANAGERS)), t)),
  JOBMANAGER_PAUSED(
      "SIGSTOP of the JobManager, SIGCONT after %s",
      (t, stand) -> paused(stand.flink.jobManagerPid(), t)),
  JOBMANAGER_KILLED(
      "kill -9 of the JobManager; a new one is given the newest checkpoint",
      (t, stand) -> {
        stand.replaceJobManager();
        t.job().startAgain(Trial.PARALLELISM);
      }),
  KAFKA_KILLED(
      "kill -9 of the broker, started again at once",
      (t, stand) -> {
        stand.kafka.kill();
        stand.kafka.restart();
      }),
  KAFKA_PAUSED(
      "SIGSTOP of the broker, SIGCONT after %s", (t, stand) -> paused(stand.kafka.pid(), t)),
  KAFKA_AWAY(
      "broker away for %s",
      (t, stand) -> {
        stand.kafka.kill();
        hold(t.outage());
        stand.kafka.restart();
      }),
  STORE_KILLED(
      "kill -9 of ClickHouse, started again at once",
      (t, stand) -> {
        stand.store.kill();
        stand.store.restart();
      }),
  STORE_PAUSED(
      "SIGSTOP of ClickHouse, SIGCONT after %s", (t, stand) -> paused(stand.store.pid(), t)),
  STORE_AWAY(
      "ClickHouse away for %s",
      (t, stand) -> {
        stand.store.kill();
        hold(t.outage());
        stand.store.restart();
      }),
  STORE_SLOW(
      "each piece of an insert takes 200 ms, for %s",
      (t, stand) -> {
        stand.path.delay(200);
        hold(t.outage());
        stand.path.delay(0);
      }),
  STORE_CUT(
      "no byte passes between Flink and ClickHouse for %s (proxy)",
      (t, stand) -> {
        stand.path.cut(true);
        hold(t.outage());
        stand.path.cut(false);
      }),
  UPGRADE(
      "stopped with a savepoint, started from it with other parallelism",
      (t, stand) -> {
        String savepoint = t.job().stop(false);
        t.job().start(java.util.Optional.of(savepoint), Trial.PARALLELISM + 1);
      }),
  SCHEDULE("six of the above in a row, drawn by the seed", (t, stand) -> t.several(6));

  /** Makes it go wrong and puts it right again; what is right again is up when this returns. */
  interface Blow {
    void strike(Trial trial, Stand stand) throws Exception;
  }

  private final String what;
  private final Blow blow;

  Fault(String what, Blow blow) {
    this.what = what;
    this.blow = blow;
  }

  String what(Duration outage) {
    return what.formatted(outage.toSeconds() + " s");
  }

  void strike(Trial trial, Stand stand) throws Exception {
    blow.strike(trial, stand);
  }

  /** As it is typed: kafka-away. */
  String option() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }

  private static void paused(long pid, Trial trial) throws Exception {
    Signals.pause(pid);
    try {
      hold(trial.outage());
    } finally {
      Signals.resume(pid);
    }
  }

  /** The outage itself. */
  private static void hold(Duration time) throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(time.toMillis());
  }
}
