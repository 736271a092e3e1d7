package io.tokenwatt.collectors.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.collectors.exporters.ExporterCatalogue;
import io.tokenwatt.collectors.scrape.HostilePeers;
import io.tokenwatt.collectors.scrape.Peer;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoopbackProbeTest {

  @Test
  void whatAnswersAndIsKnownIsFoundWithItsKind() {
    try (Peer vllm =
            Peer.text("vllm:generation_tokens_total{model_name=\"m\",engine=\"0\"} 1.0\n");
        Peer html = Peer.of(HostilePeers::html);
        Peer other = Peer.text("some_other_metric 1\n")) {
      LoopbackProbe probe = new LoopbackProbe(ExporterCatalogue.standard());

      assertThat(probe.find(List.of(html.url(), vllm.url(), other.url())))
          .singleElement()
          .satisfies(
              target -> {
                assertThat(target.name()).isEqualTo("vllm-" + vllm.port());
                assertThat(target.url()).hasToString(vllm.url());
                assertThat(target.kind()).contains("vllm");
              });
    }
  }
}
