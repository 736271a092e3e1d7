package io.tokenwatt.jobs;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Which libraries of the {@code jobs} class path a Flink cluster brings, and which the job must
 * bring itself. Every library is in one of the two lists: a new one that nobody placed would be
 * missed on a cluster only.
 */
public final class JobClassPath {
  /** What lies in the lib folder of a Flink distribution, by its names on Maven Central. */
  private static final Set<String> CLUSTER =
      Set.of(
          "flink-annotations",
          "flink-clients",
          "flink-connector-datagen",
          "flink-core",
          "flink-core-api",
          "flink-datastream",
          "flink-datastream-api",
          "flink-file-sink-common",
          "flink-hadoop-fs",
          "flink-metrics-core",
          "flink-queryable-state-client-java",
          "flink-rpc-akka-loader",
          "flink-rpc-core",
          "flink-runtime",
          "flink-runtime-web",
          "flink-shaded-asm",
          "flink-shaded-guava",
          "flink-shaded-jackson",
          "flink-shaded-netty",
          "flink-shaded-zookeeper",
          "flink-streaming-java",
          "async-profiler",
          "commons-cli",
          "commons-collections",
          "commons-math3",
          "commons-text",
          "javassist",
          "jsr305",
          "kryo",
          "log4j-api",
          "log4j-to-slf4j",
          "logback-classic",
          "logback-core",
          "minlog",
          "objenesis",
          "reflectasm",
          "slf4j-api");

  /** The job's own, also where Flink uses the same: a job's copy comes first. */
  private static final Set<String> JOB =
      Set.of(
          "RoaringBitmap",
          "antlr4-runtime",
          "asm",
          "clickhouse-client",
          "clickhouse-data",
          "clickhouse-http-client",
          "clickhouse-jdbc",
          "client-v2",
          "commons-codec",
          "commons-compress",
          "commons-io",
          "commons-lang3",
          "config",
          "error_prone_annotations",
          "failsafe",
          "failureaccess",
          "flink-connector-base",
          "flink-connector-kafka",
          "guava",
          "httpclient5",
          "httpcore5",
          "httpcore5-h2",
          "j2objc-annotations",
          "jackson-annotations",
          "jackson-core",
          "jackson-databind",
          "jackson-datatype-jdk8",
          "jackson-datatype-jsr310",
          "jdbc-v2",
          "jspecify",
          "kafka-clients",
          "listenablefuture",
          "lz4-java",
          "model",
          "picocli",
          "protobuf-java",
          "snakeyaml-engine",
          "snappy-java",
          "storage",
          "zstd-jni");

  /** Of the job's, those that Flink itself needs as well. */
  private static final Set<String> BOTH =
      Set.of(
          "commons-compress",
          "commons-io",
          "commons-lang3",
          "lz4-java",
          "snakeyaml-engine",
          "snappy-java");

  private static final String OURS = "stream-jobs";

  private final List<Path> entries;

  private JobClassPath(List<Path> entries) {
    this.entries = entries;
  }

  /** That of this process. */
  public static JobClassPath ofThisProcess() {
    return of(System.getProperty("java.class.path"));
  }

  static JobClassPath of(String classPath) {
    return new JobClassPath(
        Arrays.stream(classPath.split(File.pathSeparator))
            .filter(entry -> !entry.isBlank() && !entry.endsWith("test-classes"))
            .map(entry -> Path.of(entry).toAbsolutePath())
            .toList());
  }

  /** The jars from which a cluster is started. */
  public List<Path> cluster() {
    return having(name -> CLUSTER.contains(name) || BOTH.contains(name));
  }

  /** The jars, and folders of classes, that the job brings besides its own classes. */
  List<Path> libraries() {
    return having(JOB::contains);
  }

  /** The jar or folder of the jobs themselves. */
  List<Path> ours() {
    return having(OURS::equals);
  }

  /** Entries that neither list names. */
  List<Path> unknown() {
    return having(name -> !CLUSTER.contains(name) && !JOB.contains(name) && !OURS.equals(name));
  }

  private List<Path> having(java.util.function.Predicate<String> name) {
    return entries.stream().filter(entry -> name.test(artifact(entry))).toList();
  }

  /** flink-core-2.2.1.jar is flink-core; the folder model/target/classes is model. */
  static String artifact(Path entry) {
    String file = entry.getFileName().toString();
    return file.endsWith(".jar")
        ? file.replaceFirst("(-\\d[^/]*)?\\.jar$", "")
        : String.valueOf(entry.getParent().getParent().getFileName());
  }
}
