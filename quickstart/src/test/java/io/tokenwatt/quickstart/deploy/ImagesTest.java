package io.tokenwatt.quickstart.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the Dockerfile runs inside an image, run here; {@code docker build} itself is not. */
class ImagesTest {
  private static final Path ROOT = Path.of(System.getProperty("tokenwatt.root"));
  private static final Path FOLDER = ROOT.resolve("deploy/images");

  @TempDir Path target;

  @Test
  void dockerfileHasNoProblems() throws Exception {
    NpmPackages.of("dockerfile-utils/package.json");
    assertThat(problems(FOLDER.resolve("Dockerfile"))).isEmpty();
    Path wrong = Files.writeString(target.resolve("Dockerfile"), "FROM debian:12.1\nRUNN true\n");
    assertThat(problems(wrong)).contains("line 2");
  }

  private static String problems(Path file) throws Exception {
    return run(List.of("node", NpmPackages.file("dockerfile.js").toString(), file.toString()), "");
  }

  @Test
  void everyImageIsPinnedAndNotRoots() throws IOException {
    String text = Files.readString(FOLDER.resolve("Dockerfile"));
    List<String> stages = Arrays.stream(text.split("(?m)^(?=FROM )")).skip(1).toList();
    assertThat(stages).hasSize(5);
    for (String stage : stages) {
      assertThat(stage).containsPattern("^FROM \\S+:\\d\\S+ AS \\w+\n");
      if (!stage.contains(" AS build\n")) {
        assertThat(stage).containsPattern("\nUSER (65532:65532|flink)\n");
      }
    }
    assertThat(text).contains("FROM flink:" + version("flink.version") + "-");
  }

  private static String version(String property) throws IOException {
    String pom = Files.readString(ROOT.resolve("pom.xml"));
    return pom.replaceAll("(?s).*<" + property + ">([^<]+)<.*", "$1");
  }

  @Test
  void everyPathThatIsCopiedIsThere() throws IOException {
    String text = Files.readString(FOLDER.resolve("Dockerfile"));
    Stream<String> words = Arrays.stream(text.split("\\s+"));
    List<String> ours = words.filter(w -> w.matches("(deploy|storage)/.*")).distinct().toList();
    assertThat(ours).hasSizeGreaterThan(3);
    for (String path : ours) {
      assertThat(ROOT.resolve(path)).exists();
    }
  }

  /** Lines of the Dockerfile, with this folder for the image's. */
  @Test
  void agentRunsFromTheArchiveOfItsClasses() throws Exception {
    assumePackaged("collectors");
    assumeTrue(
        Files.exists(Path.of(System.getProperty("java.home"), "lib/server/classes.jsa")),
        "this JDK has no archive of its own classes for ours to stand on");
    assertThat(run(List.of(layOut(), target.toString(), "collectors"), "")).isEmpty();
    String archive = target.resolve("agent.jsa").toString();
    List<String> once =
        List.of(
            target.resolve("tokenwatt").toString(),
            "agent",
            "--config",
            FOLDER.resolve("archive.yaml").toString(),
            "--once");
    String made = run(once, "-XX:ArchiveClassesAtExit=" + archive);
    assertThat(Path.of(archive)).as(made).isNotEmptyFile();
    String loaded = run(once, "-Xshare:on -Xlog:class+load");
    long shared = loaded.lines().filter(l -> l.endsWith("shared objects file (top)")).count();
    long fromJars = loaded.lines().filter(line -> line.contains("source: file:")).count();
    assertThat(shared).as("classes from the archive").isGreaterThan(fromJars);
  }

  @Test
  void toolsTellTheirCommands() throws Exception {
    assumePackaged("storage");
    assertThat(run(List.of(layOut(), target.toString(), "storage"), "")).isEmpty();
    String tool = target.resolve("tokenwatt").toString();
    assertThat(run(List.of(tool, "schema", "--help"), "")).startsWith("Usage: schema");
    assertThat(run(List.of(tool, "fleet"), "")).startsWith("Usage: tokenwatt COMMAND");
  }

  @Test
  void jobsAreLaidOutWithoutWhatFlinkBrings() throws Exception {
    assumePackaged("stream-jobs");
    run(List.of(layOut(), "--flink", target.toString(), "stream-jobs"), "");
    try (Stream<Path> jars = Files.list(target)) {
      List<String> names = jars.map(jar -> jar.getFileName().toString()).toList();
      assertThat(names).contains("stream-jobs.jar").anyMatch(n -> n.startsWith("kafka-clients-"));
      assertThat(names).filteredOn(name -> name.startsWith("flink-")).hasSize(1);
      assertThat(names).noneMatch(name -> name.matches("(slf4j|log4j|logback|kryo)-.*"));
    }
  }

  private static String layOut() {
    return FOLDER.resolve("lay-out.sh").toString();
  }

  private static void assumePackaged(String module) {
    assumeTrue(
        Files.exists(ROOT.resolve(module).resolve("target/classpath.txt")),
        () -> "module " + module + " is not packaged: mvn package, or verify");
  }

  private static String run(List<String> command, String flags) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("TOKENWATT_JAVA_OPTS", flags);
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return said;
  }
}
