package io.tokenwatt.collectors.requests;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.tokenwatt.collectors.agent.RecordingSink;
import io.tokenwatt.model.proto.Binding;
import io.tokenwatt.model.proto.Engine;
import io.tokenwatt.model.proto.EngineSeries;
import io.tokenwatt.model.proto.GpuTable;
import io.tokenwatt.model.proto.NodeIdentity;
import io.tokenwatt.model.proto.NodeSample;
import io.tokenwatt.model.proto.Resolution;
import io.tokenwatt.model.proto.Server;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServerMemoryTest {
  private final ServerMemory servers = new ServerMemory(new RecordingSink(), List.of());

  private static Told told(String node, String engine, String workload) {
    return new Told(node, engine, workload, "", "");
  }

  private static Engine engine(String instance, String... models) {
    Engine.Builder engine = Engine.newBuilder().setInstance(instance).setKind("vllm");
    for (String model : models) {
      engine.addSeries(EngineSeries.newBuilder().setModelName(model));
    }
    return engine.build();
  }

  /** Two boards of two kinds; each engine has one. */
  private static NodeSample sample(Engine... engines) {
    NodeSample.Builder sample =
        NodeSample.newBuilder()
            .setNode(NodeIdentity.newBuilder().setNode("n1").setRegion("eu").setProvider("p"))
            .setGpus(
                GpuTable.newBuilder()
                    .setUuids(ByteString.copyFrom(new byte[32]))
                    .addModelNames("NVIDIA H100 80GB HBM3")
                    .addModelNames("NVIDIA L4")
                    .addModelNameOfRow(0)
                    .addModelNameOfRow(1));
    for (int i = 0; i < engines.length; i++) {
      sample
          .addEngines(engines[i])
          .addBindings(
              Binding.newBuilder()
                  .setWorkload("w" + i)
                  .setOwner("team")
                  .addGpuRows(i)
                  .addEngines(i)
                  .setRole("both"));
    }
    return sample.build();
  }

  @Test
  void anEngineOfTheAgentIsResolvedToWhatTheAgentPublishesOfIt() {
    servers.publish(sample(engine("a", "llama"), engine("b", "qwen")));
    Server server = servers.resolve(told("n1", "b", ""), "qwen");
    assertThat(server.getResolution()).isEqualTo(Resolution.RESOLUTION_LOCAL);
    assertThat(server.getBoardName()).isEqualTo("NVIDIA L4");
    assertThat(server.getWorkload()).isEqualTo("w1");
    assertThat(server.getModelName()).isEqualTo("qwen");
    assertThat(server.getRegion()).isEqualTo("eu");
    assertThat(server.getEngine()).isEqualTo("vllm");
    assertThat(servers.resolve(told("n1", "", ""), "llama").getBoardName())
        .as("one engine of the node serves it")
        .isEqualTo("NVIDIA H100 80GB HBM3");
  }

  @Test
  void severalPossibleServersAreNone() {
    servers.publish(sample(engine("a", "llama"), engine("b", "llama")));
    Server server = servers.resolve(told("n1", "", ""), "llama");
    assertThat(server.getResolution()).isEqualTo(Resolution.RESOLUTION_UNSPECIFIED);
    assertThat(server.getBoardName()).isEmpty();
    assertThat(servers.resolve(told("", "", "w0"), "llama").getBoardName())
        .as("the workload may run elsewhere too")
        .isEmpty();
    assertThat(servers.resolve(Told.NOTHING, "llama").getBoardName()).isEmpty();
  }

  @Test
  void anAdaptersModelIsTheEnginesBase() {
    servers.publish(sample(engine("a", "llama")));
    assertThat(servers.resolve(told("n1", "a", ""), "my-lora").getModelName()).isEqualTo("llama");
  }

  @Test
  void anEngineThatDoesNotAnswerForAWhileIsNotForgotten() {
    servers.publish(sample(engine("a", "llama")));
    servers.publish(sample(engine("a")).toBuilder().clearGpus().build());
    servers.publish(sample());
    Server server = servers.resolve(told("n1", "a", ""), "llama");
    assertThat(server.getBoardName()).isEqualTo("NVIDIA H100 80GB HBM3");
    assertThat(server.getModelName()).isEqualTo("llama");
  }
}
