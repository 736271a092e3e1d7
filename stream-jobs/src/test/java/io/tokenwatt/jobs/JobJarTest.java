package io.tokenwatt.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarFile;
import org.apache.flink.client.program.PackagedProgram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is submitted to a cluster, as Flink's own code opens it. */
class JobJarTest {
  @TempDir Path folder;

  private Path jar() throws Exception {
    Path jar = folder.resolve("tokenwatt-jobs.jar");
    JobJar.write(JobClassPath.ofThisProcess(), jar);
    return jar;
  }

  @Test
  void flinkFindsTheMainAndEveryLibraryInside() throws Exception {
    try (PackagedProgram program =
        PackagedProgram.newBuilder().setJarFile(jar().toFile()).build()) {
      assertThat(program.getMainClassName()).isEqualTo(JobsMain.class.getName());
      assertThat(program.getJobJarAndDependencies())
          .as("the jar and what Flink unpacked of it")
          .hasSize(1 + JobClassPath.ofThisProcess().libraries().size());
      for (String needed :
          List.of(
              "io.tokenwatt.model.Cell",
              "io.tokenwatt.storage.Store",
              "org.apache.kafka.clients.consumer.KafkaConsumer",
              "com.clickhouse.client.api.Client")) {
        Class<?> type = Class.forName(needed, false, program.getUserCodeClassLoader());
        assertThat(type.getClassLoader())
            .as("%s comes from the jar, not from this process", needed)
            .isNotSameAs(getClass().getClassLoader());
      }
    }
  }

  @Test
  void nothingThatAClusterBringsIsInside() throws Exception {
    try (JarFile jar = new JarFile(jar().toFile())) {
      List<String> libraries =
          jar.stream().map(e -> e.getName()).filter(n -> n.startsWith("lib/")).toList();
      assertThat(libraries).hasSizeGreaterThan(20);
      assertThat(libraries)
          .noneMatch(name -> name.contains("flink-runtime") || name.contains("slf4j-api"));
    }
  }

  @Test
  void theSameClassesGiveTheSameBytes() throws Exception {
    byte[] first = Files.readAllBytes(jar());
    assertThat(Arrays.equals(Files.readAllBytes(jar()), first)).isTrue();
  }

  @Test
  void classesOfTheJobRunOnWhatTheTwoPartsHold() throws Exception {
    JobClassPath classPath = JobClassPath.ofThisProcess();
    List<URL> cluster = urls(classPath.cluster());
    List<URL> job = urls(classPath.libraries());
    job.addAll(urls(classPath.ours()));
    try (URLClassLoader parent =
            new URLClassLoader(cluster.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
        URLClassLoader child = new URLClassLoader(job.toArray(URL[]::new), parent)) {
      Class<?> launcher = Class.forName(JobsLauncher.class.getName(), true, child);
      assertThat(Arrays.stream(launcher.getDeclaredMethods()).map(m -> m.getName()))
          .as("all types in its signatures are found")
          .contains("run", "start");
    }
  }

  private static List<URL> urls(List<Path> paths) throws Exception {
    List<URL> urls = new java.util.ArrayList<>();
    for (Path path : paths) {
      urls.add(path.toUri().toURL());
    }
    return urls;
  }
}
