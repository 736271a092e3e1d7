package io.tokenwatt.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigReaderTest {
  @TempDir Path folder;

  enum Purchase {
    ON_DEMAND,
    SPOT
  }

  record Node(String name, String region, Purchase purchase) {
    static Node of(Section section) {
      return new Node(
          section.text("node"),
          section.text("region", ""),
          section.choice("purchase", Purchase.SPOT));
    }
  }

  record Shape(Node node, Duration tick, long body, List<String> urls, Map<String, String> kafka) {
    static Shape of(Section root) {
      return new Shape(
          Node.of(root.section("node")),
          root.duration(
              "tick", Duration.ofSeconds(1), Duration.ofMillis(100), Duration.ofMinutes(1)),
          root.bytes("max_body", 16L << 20, 1, 1L << 30),
          root.sections("targets").stream().map(t -> t.text("url")).toList(),
          root.textMap("kafka"));
    }
  }

  private <T> T read(Map<String, String> env, String yaml, Function<Section, T> shape) {
    byte[] bytes = yaml.getBytes(StandardCharsets.UTF_8);
    return ConfigReader.of("TW", env).read("agent.yaml", bytes, folder, shape);
  }

  private List<String> problems(Map<String, String> env, String yaml) {
    ConfigException refused =
        catchThrowableOfType(ConfigException.class, () -> read(env, yaml, Shape::of));
    assertThat(refused).as("the configuration must be refused").isNotNull();
    return refused.problems().stream().map(Problem::toString).toList();
  }

  @Test
  void everyTypeIsReadFromTheFile() {
    Shape shape =
        read(
            Map.of(),
            """
            node: {node: gpu-1, region: eu, purchase: on_demand}
            tick: 500ms
            max_body: 2MiB
            targets:
              - url: http://a
              - url: http://b
            kafka: {linger.ms: 5, acks: all}
            """,
            Shape::of);

    assertThat(shape)
        .isEqualTo(
            new Shape(
                new Node("gpu-1", "eu", Purchase.ON_DEMAND),
                Duration.ofMillis(500),
                2 << 20,
                List.of("http://a", "http://b"),
                Map.of("linger.ms", "5", "acks", "all")));
  }

  @Test
  void absentAndEmptyKeysHaveTheirDefault() {
    Shape shape = read(Map.of(), "node:\n  node: a\n  region:\nkafka:\n", Shape::of);

    assertThat(shape.node()).isEqualTo(new Node("a", "", Purchase.SPOT));
    assertThat(shape.tick()).isEqualTo(Duration.ofSeconds(1));
    assertThat(shape.urls()).isEmpty();
  }

  @Test
  void allProblemsAreListedWithTheirLinesAndTheNearestKey() {
    assertThat(
            problems(
                Map.of(),
                """
                node:
                  regoin: eu
                  purchase: reserved
                tick: 5
                max_body: 2GiB
                targets:
                  - ulr: http://a
                kafka: [a]
                """))
        .containsExactly(
            "agent.yaml:2: node.node: is required",
            "agent.yaml:2: node.regoin: unknown key; did you mean region?",
            "agent.yaml:3: node.purchase: expected one of on_demand, spot, got \"reserved\"",
            "agent.yaml:4: tick: expected a duration such as 500ms, 1s, 5m or 7d, got \"5\"",
            "agent.yaml:5: max_body: expected 1B to 1073741824B, got \"2GiB\"",
            "agent.yaml:7: targets[0].url: is required",
            "agent.yaml:7: targets[0].ulr: unknown key; did you mean url?",
            "agent.yaml:8: kafka: expected keys and values, got a list");
  }

  @Test
  void anUnknownKeyUnlikeAnyOtherListsTheKnownOnes() {
    assertThat(problems(Map.of(), "node: {node: a, colour: red}"))
        .containsExactly(
            "agent.yaml:1: node.colour: unknown key; known here: node, region, purchase");
  }

  @Test
  void aKeyGivenTwiceNamesBothLines() {
    assertThat(problems(Map.of(), "node: {node: a}\ntick: 1s\ntick: 2s\n"))
        .containsExactly("agent.yaml:3: tick: is already given on line 2");
  }

  @Test
  void theEnvironmentOverridesAnyKeyByItsPath() {
    Map<String, String> env =
        Map.of(
            "TW_NODE_REGION", "us", "TW_TICK", "2s", "TW_TARGETS_0_URL", "http://z", "HOME", "/");

    Shape shape = read(env, "node: {node: a, region: eu}\ntargets: [{url: x}]", Shape::of);

    assertThat(shape.node().region()).isEqualTo("us");
    assertThat(shape.tick()).isEqualTo(Duration.ofSeconds(2));
    assertThat(shape.urls()).containsExactly("http://z");
  }

  @Test
  void anOverrideOfNothingIsAProblemWithTheNearestName() {
    assertThat(problems(Map.of("TW_NODE_REGOIN", "us", "TW_TICK", "fast"), "node: {node: a}"))
        .containsExactly(
            "environment variable TW_TICK: tick: expected a duration such as 500ms, 1s, 5m or 7d, got \"fast\"",
            "environment variable TW_NODE_REGOIN: overrides no key; did you mean TW_NODE_REGION?");
  }

  @Test
  void variablesThatKubernetesSetsForAServiceAreNoOverrides() {
    Map<String, String> env =
        Map.of("TW_SERVICE_HOST", "10.0.0.1", "TW_PORT", "tcp://x", "TW_PORT_9090_TCP_ADDR", "x");

    assertThat(read(env, "node: {node: a}", Shape::of).node().name()).isEqualTo("a");
  }

  @Test
  void listsOfTextComeFromAListOrFromCommasInTheEnvironment() {
    assertThat(this.<List<String>>read(Map.of(), "gpus: [0, GPU-1]", s -> s.texts("gpus")))
        .containsExactly("0", "GPU-1");
    assertThat(
            this.<List<String>>read(Map.of("TW_GPUS", "2, 3"), "gpus: [0]", s -> s.texts("gpus")))
        .containsExactly("2", "3");
  }

  @Test
  void pathsStartAtTheFilesFolder() throws IOException {
    Path file = Files.writeString(folder.resolve("a.yaml"), "ca: tls/ca.pem");

    assertThat(ConfigReader.plain().<Path>read(file, s -> s.path("ca").orElseThrow()))
        .isEqualTo(folder.resolve("tls/ca.pem"));
  }

  @Test
  void aRecordsOwnCheckIsAProblemOfTheFile() {
    ConfigException refused =
        catchThrowableOfType(
            ConfigException.class,
            () ->
                read(
                    Map.of(),
                    "",
                    s -> {
                      throw new IllegalArgumentException("ends before it starts");
                    }));

    assertThat(refused)
        .hasMessage("1 problem in the configuration:\n  agent.yaml: ends before it starts");
  }

  @Test
  void aFileMayBeAListOfMappings() {
    byte[] yaml = "[{name: a}, {name: b}]".getBytes(StandardCharsets.UTF_8);
    assertThat(ConfigReader.plain().<String>readList("l.yaml", yaml, folder, s -> s.text("name")))
        .containsExactly("a", "b");
    ConfigException refused =
        catchThrowableOfType(
            ConfigException.class,
            () ->
                ConfigReader.plain()
                    .readList(
                        "l.yaml",
                        "- {name: a}\n- {nam: b}\n".getBytes(StandardCharsets.UTF_8),
                        folder,
                        s -> s.text("name", "")));
    assertThat(refused).hasMessageContaining("l.yaml:2: [1].nam: unknown key; did you mean name?");
  }

  @Test
  void aSectionMayBeAskedForTwice() {
    String names =
        read(
            Map.of(),
            "node: {node: a}\ntargets: [{url: b}]\n",
            s ->
                s.section("node").text("node")
                    + s.section("node").has("x")
                    + s.sections("targets").get(0).text("url")
                    + s.sections("targets").size());

    assertThat(names).isEqualTo("afalseb1");
  }

  @Test
  void aMissingFileIsNamed() {
    ConfigException refused =
        catchThrowableOfType(
            ConfigException.class,
            () -> ConfigReader.plain().read(folder.resolve("none.yaml"), Shape::of));

    assertThat(refused).hasMessageContaining("none.yaml: cannot be read");
  }
}
