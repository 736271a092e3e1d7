package io.tokenwatt.quickstart.faults;

import io.tokenwatt.jobs.JobClassPath;
import io.tokenwatt.quickstart.bench.live.Child;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Flink's own standalone cluster: a JobManager and TaskManagers, each a process, started from the
 * jars that Maven Central has. Its class path holds nothing of ours. Not thread-safe.
 */
final class FlinkCluster implements AutoCloseable {
  static final int TASK_MANAGERS = 2;
  private static final int SLOTS = 2;
  private static final String PACKAGE = "org.apache.flink.runtime.";

  private final Path folder;
  private final String classPath;
  private final int restPort;
  private LeashedProcess jobManager;
  private final List<LeashedProcess> taskManagers = new ArrayList<>();

  private FlinkCluster(Path folder, String classPath, int restPort) {
    this.folder = folder;
    this.classPath = classPath;
    this.restPort = restPort;
  }

  /** Starts all processes, on free ports of the loopback interface; see {@link FlinkRest}. */
  static FlinkCluster start(Path folder) throws IOException {
    Files.createDirectories(folder.resolve("tmp"));
    String classPath =
        JobClassPath.ofThisProcess().cluster().stream()
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator));
    int restPort = Child.freePort();
    FlinkCluster cluster = new FlinkCluster(folder, classPath, restPort);
    Files.writeString(folder.resolve("config.yaml"), cluster.config(Child.freePort(), restPort));
    Files.writeString(folder.resolve("logback.xml"), LOGBACK);
    try {
      cluster.startJobManager();
      for (int i = 0; i < TASK_MANAGERS; i++) {
        cluster.taskManagers.add(cluster.taskManager(i));
      }
      return cluster;
    } catch (IOException | RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  private String config(int rpcPort, int rest) {
    return """
        jobmanager.rpc.address: 127.0.0.1
        jobmanager.rpc.port: %1$d
        jobmanager.bind-host: 127.0.0.1
        rest.address: 127.0.0.1
        rest.bind-address: 127.0.0.1
        rest.port: %2$d
        rest.bind-port: "%2$d"
        taskmanager.host: 127.0.0.1
        taskmanager.bind-host: 127.0.0.1
        taskmanager.numberOfTaskSlots: %3$d
        # Flink's shell scripts compute these; the class itself insists on them.
        taskmanager.cpu.cores: 1.0
        taskmanager.memory.task.heap.size: 256m
        taskmanager.memory.task.off-heap.size: 64m
        taskmanager.memory.network.min: 64m
        taskmanager.memory.network.max: 64m
        taskmanager.memory.managed.size: 16m
        taskmanager.memory.framework.heap.size: 128m
        taskmanager.memory.framework.off-heap.size: 128m
        taskmanager.memory.jvm-metaspace.size: 256m
        taskmanager.memory.jvm-overhead.min: 192m
        taskmanager.memory.jvm-overhead.max: 192m
        taskmanager.load-balance.mode: SLOTS
        # A process that stands still is given up after this long.
        heartbeat.interval: 2000
        heartbeat.timeout: 10000
        io.tmp.dirs: %4$s
        web.tmpdir: %4$s
        """
        .formatted(rpcPort, rest, SLOTS, folder.resolve("tmp"));
  }

  String restUrl() {
    return "http://127.0.0.1:" + restPort;
  }

  /** Slots of all TaskManagers. */
  static int slots() {
    return SLOTS * TASK_MANAGERS;
  }

  private void startJobManager() throws IOException {
    jobManager =
        java("jobmanager", "512m", PACKAGE + "entrypoint.StandaloneSessionClusterEntrypoint");
  }

  private LeashedProcess taskManager(int index) throws IOException {
    return java("taskmanager-" + index, "512m", PACKAGE + "taskexecutor.TaskManagerRunner");
  }

  private LeashedProcess java(String name, String heap, String main) throws IOException {
    return LeashedProcess.start(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx" + heap,
            "-XX:MaxDirectMemorySize=256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            // A killed one leaves what it unpacked there; so it goes with the folder.
            "-Djava.io.tmpdir=" + folder.resolve("tmp"),
            // As in the configuration of Flink's distribution.
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "-Dlogback.configurationFile=" + folder.resolve("logback.xml"),
            "-cp",
            classPath,
            main,
            "--configDir",
            folder.toString()),
        folder,
        folder.resolve(name + ".log"));
  }

  long taskManagerPid(int index) {
    return taskManagers.get(index).pid();
  }

  long jobManagerPid() {
    return jobManager.pid();
  }

  /** SIGKILL, and another in its place at once, as a supervisor would. */
  void replaceTaskManager(int index) throws IOException, InterruptedException {
    taskManagers.get(index).kill();
    taskManagers.set(index, taskManager(index));
  }

  /** SIGKILL, and another in its place at once; it knows of no job. */
  void replaceJobManager() throws IOException, InterruptedException {
    jobManager.kill();
    startJobManager();
  }

  /** Throws, with the end of its log, if a process ended by itself. */
  void requireAlive() throws IOException {
    requireAlive(jobManager, "jobmanager");
    for (int i = 0; i < taskManagers.size(); i++) {
      requireAlive(taskManagers.get(i), "taskmanager-" + i);
    }
  }

  private void requireAlive(LeashedProcess process, String name) throws IOException {
    if (!process.isAlive()) {
      List<String> log = Files.readAllLines(folder.resolve(name + ".log"));
      String end = String.join("\n", log.subList(Math.max(0, log.size() - 20), log.size()));
      throw new IOException(name + " ended by itself; its log ends with:\n" + end);
    }
  }

  @Override
  public void close() {
    taskManagers.forEach(LeashedProcess::close);
    if (jobManager != null) {
      jobManager.close();
    }
  }

  private static final String LOGBACK =
      """
      <configuration>
        <appender name="stdout" class="ch.qos.logback.core.ConsoleAppender">
          <encoder><pattern>%d{HH:mm:ss.SSS} %-5level %logger{0} %msg%n</pattern></encoder>
        </appender>
        <root level="INFO"><appender-ref ref="stdout"/></root>
        <logger name="org.apache.kafka" level="WARN"/>
        <logger name="org.apache.pekko" level="WARN"/>
      </configuration>
      """;
}
