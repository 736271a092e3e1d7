package io.tokenwatt.dashboards.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class DashboardLinkTest {
  @Test
  void theLinkOpensThePageOfTheSameServer() {
    URI link = DashboardLink.of("http://127.0.0.1:8123/", "default", "tokenwatt");
    assertThat(link.toString()).startsWith("http://127.0.0.1:8123/dashboard#N4Ig");
    assertThat(link.getFragment()).matches("[A-Za-z0-9+$-]+");
  }

  @Test
  void theStateIsTheJsonThatThePageReads() {
    assertThat(
            DashboardLink.state(
                "http://h:1", "me", List.of(new DashboardChart("A \"b\"", "SELECT 1\nFROM x"))))
        .isEqualTo(
            "{\"host\":\"http://h:1\",\"user\":\"me\",\"queries\":[{\"title\":\"A \\\"b\\\"\",\"query\":\"SELECT 1\\nFROM x\"}],\"params\":{\"rounding\":\"10\",\"seconds\":\"900\"}}");
  }
}
