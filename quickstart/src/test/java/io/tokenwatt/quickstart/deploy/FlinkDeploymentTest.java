package io.tokenwatt.quickstart.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.junit.jupiter.api.Test;

/** The FlinkDeployment says what this Flink understands. */
class FlinkDeploymentTest {
  private static final List<Class<?>> OPTIONS =
      List.of(
          CheckpointingOptions.class,
          HighAvailabilityOptions.class,
          JobManagerOptions.class,
          MetricOptions.class,
          PipelineOptions.class,
          TaskManagerOptions.class);
  // The operator's and its autoscaler's keys, and those of one metrics reporter, are not on our
  // class path.
  private static final String NOT_OURS =
      "(kubernetes\\.operator|job\\.autoscaler|metrics\\.reporter)\\..*";

  @Test
  void everyKeyIsAnOptionOfThisFlink() throws IllegalAccessException {
    Set<String> known = new HashSet<>();
    for (Class<?> options : OPTIONS) {
      for (Field field : options.getFields()) {
        if (Modifier.isStatic(field.getModifiers()) && field.getType() == ConfigOption.class) {
          known.add(((ConfigOption<?>) field.get(null)).key());
        }
      }
    }
    Set<String> set = new HashSet<>();
    spec().path("flinkConfiguration").fieldNames().forEachRemaining(set::add);
    set.removeIf(key -> key.matches(NOT_OURS));
    assertThat(set).hasSizeGreaterThan(6);
    assertThat(known).containsAll(set);
  }

  @Test
  void versionsAreThoseOfTheBuild() {
    assertThat(spec().path("flinkVersion").asText()).isEqualTo(FlinkCrd.ourFlink());
    assertThat(spec().findValues("env").toString())
        .contains("flink-s3-fs-presto-" + EnvironmentInformation.getVersion() + ".jar");
  }

  @Test
  void stateSurvivesAJobManagerAndAnUpgrade() {
    JsonNode flink = spec().path("flinkConfiguration");
    for (String folder :
        List.of(
            HighAvailabilityOptions.HA_STORAGE_PATH.key(),
            CheckpointingOptions.CHECKPOINTS_DIRECTORY.key(),
            CheckpointingOptions.SAVEPOINT_DIRECTORY.key())) {
      assertThat(flink.path(folder).asText()).as(folder).startsWith("s3://tokenwatt-flink/");
    }
    assertThat(flink.path(HighAvailabilityOptions.HA_MODE.key()).asText()).isEqualTo("kubernetes");
    assertThat(spec().at("/job/upgradeMode").asText()).isEqualTo("savepoint");
    assertThat(spec().at("/jobManager/replicas").asInt()).isGreaterThan(1);
  }

  private static JsonNode spec() {
    return Kubectl.kustomize("base").stream()
        .filter(manifest -> manifest.kind().equals("FlinkDeployment"))
        .findFirst()
        .orElseThrow()
        .tree()
        .path("spec");
  }
}
