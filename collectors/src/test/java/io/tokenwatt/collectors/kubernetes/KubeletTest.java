package io.tokenwatt.collectors.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.grpc.Status;
import io.tokenwatt.collectors.http.Counters;
import io.tokenwatt.collectors.http.Health;
import io.tokenwatt.collectors.ownership.DeviceGrant;
import io.tokenwatt.collectors.ownership.PodRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class KubeletTest {
  @TempDir Path folder;

  private Path socket() {
    return folder.resolve("kubelet.sock");
  }

  @Test
  void boardsGivenToContainersAreToldAndOtherDevicesAreNot() throws IOException {
    try (KubeletPeer kubelet = new KubeletPeer(socket());
        KubeletClient client = new KubeletClient(socket())) {
      kubelet.give("prod", "chat-0", "nvidia.com/gpu", "GPU-1", "GPU-2");
      kubelet.give("prod", "net-0", "rdma/hca", "mlx5_0");

      assertThat(client.list())
          .containsExactly(
              new DeviceGrant(
                  new PodRef("prod", "chat-0"),
                  "main",
                  "nvidia.com/gpu",
                  List.of("GPU-1", "GPU-2")));
      kubelet.takeAll();
      assertThat(client.list()).isEmpty();
    }
  }

  @Test
  void anAnswerLongerThanAWindowArrivesWhole() throws IOException {
    String[] devices =
        IntStream.range(0, 20_000).mapToObj("GPU-%08d"::formatted).toArray(String[]::new);
    try (KubeletPeer kubelet = new KubeletPeer(socket());
        KubeletClient client = new KubeletClient(socket())) {
      kubelet.give("prod", "big-0", "nvidia.com/gpu", devices);

      assertThat(client.list().get(0).devices()).hasSize(20_000).endsWith("GPU-00019999");
    }
  }

  @Test
  void aRefusalSaysWhatTheKubeletSaid() throws IOException {
    try (KubeletPeer kubelet = new KubeletPeer(socket());
        KubeletClient client = new KubeletClient(socket())) {
      kubelet.fail(Status.RESOURCE_EXHAUSTED.withDescription("rejected by rate limit"));

      assertThatThrownBy(client::list)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("gRPC status 8")
          .hasMessageContaining("rate");
    }
  }

  @Test
  void aSocketThatIsNotThereIsNamed() {
    try (KubeletClient client = new KubeletClient(socket())) {
      assertThatThrownBy(client::list)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("kubelet.sock");
    }
  }

  @Test
  void aKubeletThatStartsAgainIsFoundAgain() throws IOException {
    Health health = new Health(Instant::now);
    Counters counters = new Counters();
    KubeletWatch watch = new KubeletWatch(socket(), Duration.ofMillis(50), counters, health);
    try (watch) {
      watch.start();
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> counters.sum("tokenwatt_agent_kubelet_failures_total") > 0);
      assertThat(watch.grants()).isEmpty();
      for (int start = 0; start < 2; start++) {
        String pod = "pod-" + start;
        try (KubeletPeer kubelet = new KubeletPeer(socket())) {
          kubelet.give("a", pod, "nvidia.com/gpu", "GPU-1");
          await()
              .atMost(Duration.ofSeconds(60))
              .until(
                  () ->
                      watch.grants().stream()
                          .flatMap(List::stream)
                          .anyMatch(grant -> grant.pod().name().equals(pod)));
          assertThat(health.components().get(KubeletWatch.COMPONENT).state())
              .isEqualTo(Health.State.UP);
        }
        Files.deleteIfExists(socket());
      }
    }
  }
}
