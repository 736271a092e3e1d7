package io.tokenwatt.collectors.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tokenwatt.collectors.requests.RequestsSpec;
import io.tokenwatt.collectors.requests.Told;
import io.tokenwatt.collectors.requests.Vantage;
import io.tokenwatt.config.ConfigException;
import io.tokenwatt.config.ConfigReader;
import io.tokenwatt.model.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RequestsYamlTest {
  private static Optional<RequestsSpec> read(String requests) {
    String yaml =
        "node: {node: gw-1}\nkafka: {bootstrap: \"k:9092\"}\ntargets: [{name: a, url: \"http://127.0.0.1:1/metrics\"}]\n";
    return ConfigReader.of("TOKENWATT_AGENT", Map.of("KEY", "k3y"))
        .read(
            "agent.yaml",
            (yaml + requests).getBytes(StandardCharsets.UTF_8),
            Path.of("/etc/tw"),
            AgentYaml::config)
        .requests();
  }

  private static String refused(String requests) {
    return catchThrowableOfType(ConfigException.class, () -> read(requests)).getMessage();
  }

  @Test
  void nothingIsTakenInUnlessAsked() {
    assertThat(read("")).isEmpty();
    assertThat(read("requests: {enabled: false, tenant_key: \"${env:KEY}\"}")).isEmpty();
  }

  @Test
  void theWholeShapeIsRead() {
    RequestsSpec spec =
        read("""
                requests:
                  listen: 127.0.0.1:4400
                  tenant_key: ${env:KEY}
                  bearer_token: ${env:KEY}
                  count: client
                  max_body: 1MiB
                  default_served_by: {node: n1, engine: e1}
                  served_by:
                    - match: {workload: chat}
                      server: {hardware: H100-SXM, provider: p, role: decode}
                """)
            .orElseThrow();
    assertThat(spec.listen().getPort()).isEqualTo(4400);
    assertThat(spec.counted()).isEqualTo(Vantage.CLIENT);
    assertThat(spec.maxBody()).isEqualTo(1 << 20);
    assertThat(spec.topic()).isEqualTo(Topics.REQUEST_EVENTS);
    assertThat(spec.defaults()).isEqualTo(new Told("n1", "e1", "", "", ""));
    assertThat(spec.servedBy().get(0).match().workload()).isEqualTo("chat");
    assertThat(spec.servedBy().get(0).server().getBoardName()).isEqualTo("H100-SXM");
    assertThat(spec.servedBy().get(0).server().getRole()).isEqualTo("decode");
    assertThat(spec.toString()).doesNotContain("k3y");
  }

  @Test
  void anOpenAddressNeedsATokenAndTenantsNeedAKeyOrAWord() {
    assertThat(refused("requests: {listen: \"0.0.0.0:4318\", tenant_key: \"${env:KEY}\"}"))
        .contains("bearer_token: is required");
    assertThat(refused("requests: {listen: \"127.0.0.1:1\"}")).contains("plain_tenants: true");
    assertThat(refused("requests: {tenant_key: \"${env:KEY}\", plain_tenants: true}"))
        .contains("tenant_key");
    assertThat(refused("requests: {tenant_key: abc}")).contains("must not stand in the file");
    assertThat(refused("requests: {plain_tenants: true, served_by: [{server: {provider: p}}]}"))
        .contains("match");
  }
}
