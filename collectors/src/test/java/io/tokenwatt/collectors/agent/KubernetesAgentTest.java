package io.tokenwatt.collectors.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tokenwatt.collectors.discovery.NodePlan;
import io.tokenwatt.collectors.discovery.NodeSpec;
import io.tokenwatt.collectors.http.Health;
import io.tokenwatt.collectors.kubernetes.KubeletPeer;
import io.tokenwatt.collectors.kubernetes.KubernetesSpec;
import io.tokenwatt.collectors.kubernetes.PodJson;
import io.tokenwatt.collectors.kubernetes.ScriptedApi;
import io.tokenwatt.collectors.ownership.PodRules;
import io.tokenwatt.collectors.publish.KafkaSpec;
import io.tokenwatt.collectors.scrape.Peer;
import io.tokenwatt.collectors.scrape.TargetSpec;
import io.tokenwatt.model.proto.Binding;
import io.tokenwatt.model.proto.NodeSample;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The agent on a node of a cluster: real sockets on all sides. */
@Timeout(240)
class KubernetesAgentTest {
  private static final String BOARD = "GPU-%d1111111-2222-3333-4444-555555555555";

  @TempDir Path folder;

  private final ScriptedApi api = new ScriptedApi();
  private final RecordingSink sink = new RecordingSink();

  @AfterEach
  void close() {
    api.close();
  }

  /** Boards 0 and 1 with these pods as labels; "" = none. */
  private static String dcgm(String... pods) {
    StringBuilder text = new StringBuilder("# TYPE DCGM_FI_DEV_POWER_USAGE gauge\n");
    for (int gpu = 0; gpu < pods.length; gpu++) {
      String[] of = pods[gpu].isEmpty() ? new String[] {"", ""} : pods[gpu].split("/");
      text.append(
          "DCGM_FI_DEV_POWER_USAGE{gpu=\"%d\",UUID=\"%s\",modelName=\"NVIDIA H100\",container=\"%s\",namespace=\"%s\",pod=\"%s\"} 500.0\n"
              .formatted(gpu, BOARD.formatted(gpu), of[0].isEmpty() ? "" : "main", of[0], of[1]));
    }
    return text.toString();
  }

  private static PodJson exporterPod(Peer dcgm) {
    return new PodJson("gpu-operator", "nvidia-dcgm-exporter-4b2xz")
        .owner("apps/v1", "DaemonSet", "nvidia-dcgm-exporter")
        .image("nvcr.io/nvidia/k8s/dcgm-exporter:4.4.1-4.5.2-ubuntu22.04")
        .port(dcgm.port());
  }

  private static PodJson engine(String deployment, String suffix, Peer server) {
    return PodJson.deployed("prod", deployment, suffix)
        .gpus("nvidia.com/gpu", 1)
        .port(server.port());
  }

  private KubernetesSpec spec(Optional<Path> kubelet, Duration maxAge) {
    return new KubernetesSpec(
        "gpu-1",
        api.url(),
        Optional.empty(),
        Optional.empty(),
        maxAge,
        kubelet,
        true,
        PodRules.DEFAULT);
  }

  private Agent start(KubernetesSpec spec, TargetSpec... configured) {
    NodePlan plan = NodePlan.of(NodeSpec.of("n1", "eu"), List.of(configured));
    AgentConfig config =
        AgentConfig.of(List.of(plan), KafkaSpec.of("nowhere:1"))
            .withTick(Duration.ofMillis(200))
            .withOwnership(OwnershipSpec.of(spec));
    return Agent.start(config, (counters, health) -> sink);
  }

  private static void eventually(Callable<Boolean> condition) {
    await().atMost(Duration.ofSeconds(90)).until(condition);
  }

  private List<String> lines() {
    return sink.samples.isEmpty() ? List.of() : lines(sink.last());
  }

  private static List<String> lines(NodeSample sample) {
    return sample.getBindingsList().stream()
        .map(
            b ->
                "%s %s %s %s"
                    .formatted(
                        b.getWorkload(),
                        b.getGpuRowsList(),
                        b.getEnginesList().stream()
                            .map(e -> sample.getEngines(e).getSeries(0).getModelName())
                            .toList(),
                        b.getMethod().name().substring("OWNERSHIP_".length())))
        .sorted()
        .toList();
  }

  @Test
  void exportersInPodsAreFoundAndTheirBoardsBelongToThePods() {
    try (Peer dcgm = Peer.text("");
        Peer chat = Peer.text(ExporterTexts.vllm("llama", 10));
        Peer code = Peer.text(ExporterTexts.vllm("qwen", 10))) {
      PodJson chatPod = engine("chat", "x2k4p", chat);
      PodJson codePod = engine("code", "9f8jq", code);
      dcgm.now(
          (request, out) ->
              out.write(Peer.response("200 OK", "text/plain", dcgm(chatPod.ref(), codePod.ref()))));
      api.put(exporterPod(dcgm));
      api.put(chatPod);
      api.put(codePod);
      // A pod that says that it serves metrics, and is no engine, is asked and left alone.
      api.put(
          new PodJson("kube-system", "coredns-1")
              .image("coredns:1.12")
              .annotation("prometheus.io/scrape", "true")
              .annotation("prometheus.io/port", "1"));

      try (Agent agent = start(spec(Optional.empty(), Duration.ofMinutes(15)))) {
        eventually(
            () -> lines().equals(List.of("prod/chat [0] [llama] POD", "prod/code [1] [qwen] POD")));
        assertThat(sink.last().getEnginesList())
            .extracting(e -> e.getInstance())
            .containsExactly(chatPod.ref() + ":" + chat.port(), codePod.ref() + ":" + code.port());
        assertThat(agent.health().status()).isEqualTo("ok");

        // The pod is replaced: its boards go to the new one without being lost or counted twice.
        PodJson next = engine("chat", "zz9pl", chat).uid("next");
        api.put(next);
        api.delete(chatPod);
        dcgm.now(
            (request, out) ->
                out.write(Peer.response("200 OK", "text/plain", dcgm(next.ref(), codePod.ref()))));
        eventually(
            () ->
                lines().equals(List.of("prod/chat [0] [llama] POD", "prod/code [1] [qwen] POD"))
                    && sink.last().getEnginesList().stream()
                        .anyMatch(e -> e.getInstance().startsWith(next.ref())));
      }
      for (NodeSample sample : sink.samples) {
        List<Integer> owned =
            sample.getBindingsList().stream()
                .map(Binding::getGpuRowsList)
                .flatMap(List::stream)
                .toList();
        assertThat(owned).doesNotHaveDuplicates();
      }
    }
  }

  @Test
  void theKubeletAloneTellsWhereLabelsDoNotAndTwoPodsShareABoard() throws IOException {
    Path socket = folder.resolve("kubelet.sock");
    try (Peer dcgm = Peer.text(dcgm("", ""));
        Peer chat = Peer.text(ExporterTexts.vllm("llama", 10));
        Peer code = Peer.text(ExporterTexts.vllm("qwen", 10));
        KubeletPeer kubelet = new KubeletPeer(socket)) {
      PodJson chatPod = engine("chat", "x2k4p", chat);
      PodJson codePod = engine("code", "9f8jq", code);
      kubelet.give("prod", chatPod.name(), "nvidia.com/gpu", BOARD.formatted(1) + "::0");
      kubelet.give("prod", codePod.name(), "nvidia.com/gpu", BOARD.formatted(1) + "::1");
      List.of(exporterPod(dcgm), chatPod, codePod).forEach(api::put);

      try (Agent agent = start(spec(Optional.of(socket), Duration.ofMinutes(15)))) {
        eventually(
            () ->
                lines()
                    .equals(
                        List.of(
                            "prod/chat [1] [llama] POD_RESOURCES",
                            "prod/code [1] [qwen] POD_RESOURCES")));
        assertThat(agent.health().status()).isEqualTo("ok");
      }
    }
  }

  @Test
  void anApiServerThatGoesAwayIsFlaggedAndThenNothingIsGuessed() {
    try (Peer dcgm = Peer.text("");
        Peer chat = Peer.text(ExporterTexts.vllm("llama", 10))) {
      PodJson chatPod = engine("chat", "x2k4p", chat);
      dcgm.now(
          (r, out) -> out.write(Peer.response("200 OK", "text/plain", dcgm(chatPod.ref(), ""))));
      api.put(chatPod);
      TargetSpec configured = TargetSpec.of("dcgm", dcgm.url());
      try (Agent agent = start(spec(Optional.empty(), Duration.ofSeconds(4)), configured)) {
        eventually(() -> lines().equals(List.of("prod/chat [0] [llama] POD")));

        api.status(503);
        eventually(() -> agent.health().status().equals("degraded"));
        assertThat(lines()).containsExactly("prod/chat [0] [llama] POD");
        eventually(
            () ->
                lines()
                    .equals(
                        List.of(
                            "(unattributed) [0, 1] [] UNRESOLVED", "llama [] [llama] UNRESOLVED")));

        api.status(200);
        eventually(() -> lines().equals(List.of("prod/chat [0] [llama] POD")));
        eventually(() -> agent.health().status().equals("ok"));
      }
    }
  }

  @Test
  void aDisagreementIsCountedAndShownWithTheBoard() throws IOException {
    Path socket = folder.resolve("kubelet.sock");
    try (Peer dcgm = Peer.text("");
        KubeletPeer kubelet = new KubeletPeer(socket)) {
      PodJson chatPod = PodJson.deployed("prod", "chat", "a").gpus("nvidia.com/gpu", 1);
      PodJson codePod = PodJson.deployed("prod", "code", "b").gpus("nvidia.com/gpu", 1);
      kubelet.give("prod", chatPod.name(), "nvidia.com/gpu", BOARD.formatted(0));
      kubelet.give("prod", codePod.name(), "nvidia.com/gpu", BOARD.formatted(1));
      dcgm.now(
          (r, out) ->
              out.write(Peer.response("200 OK", "text/plain", dcgm(codePod.ref(), codePod.ref()))));
      List.of(chatPod, codePod).forEach(api::put);
      TargetSpec configured = TargetSpec.of("dcgm", dcgm.url());

      try (Agent agent = start(spec(Optional.of(socket), Duration.ofMinutes(15)), configured)) {
        eventually(
            () ->
                agent.health().components().get("ownership n1") != null
                    && agent.health().components().get("ownership n1").state()
                        == Health.State.DOWN);
        assertThat(agent.health().components().get("ownership n1").lastError())
            .contains(BOARD.formatted(0), "pod_resources says pod prod/chat", "(believed)");
        assertThat(lines())
            .containsExactly("prod/chat [0] [] POD_RESOURCES", "prod/code [1] [] POD_RESOURCES");
        assertThat(
                agent
                    .counters()
                    .value(
                        OwnershipNews.DISAGREEMENTS,
                        "node",
                        "n1",
                        "believed",
                        "pod_resources",
                        "other",
                        "pod"))
            .isEqualTo(1);
      }
    }
  }
}
