package io.tokenwatt.collectors.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.collectors.http.Health;
import io.tokenwatt.collectors.ownership.PodBook;
import io.tokenwatt.collectors.scrape.SelfSigned;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PodWatchFailureTest extends PodWatchScene {
  @Test
  void aDroppedConnectionIsTakenUpWhereItEnded() {
    api.put(CHAT);
    start();
    eventually(
        () -> present().equals(Set.of(CHAT.ref())) && component().state() == Health.State.UP);

    api.drop();
    api.put(CODE);

    eventually(() -> present().equals(Set.of(CHAT.ref(), CODE.ref())));
    eventually(() -> component().state() == Health.State.UP);
    assertThat(api.lists()).isEqualTo(1);
  }

  @Test
  void whatWasForgottenIsListedAgainWhetherToldByStatusOrByEvent() {
    for (boolean asEvent : new boolean[] {false, true}) {
      api.put(CHAT);
      api.put(CODE);
      if (watch == null) {
        start();
      }
      eventually(() -> present().equals(Set.of(CHAT.ref(), CODE.ref())));
      long lists = api.lists();

      api.deleteUntold(CHAT);
      api.compact(asEvent);
      api.drop();

      eventually(() -> present().equals(Set.of(CODE.ref())));
      assertThat(api.lists()).isGreaterThan(lists);
    }
    assertThat(counters.value(FAILURES, "reason", "http_410")).isGreaterThanOrEqualTo(2);
  }

  @Test
  void aBookmarkMovesThePlaceWithoutAChange() {
    api.put(CHAT);
    start();
    eventually(() -> present().size() == 1);
    api.bookmark();
    eventually(
        () -> counters.value("tokenwatt_agent_kubernetes_events_total", "type", "BOOKMARK") == 1);

    api.drop();

    eventually(() -> api.requests().stream().filter(r -> r.contains("watch=1")).count() == 2);
    assertThat(api.requests().get(api.requests().size() - 1)).contains("resourceVersion=1002");
  }

  @Test
  void aRefusedTokenIsSaidWithWhatToDoAndANewOneIsTaken() throws IOException {
    Path token = Files.writeString(folder.resolve("token"), "old\n");
    api.put(CHAT);
    api.status(401);
    KubernetesSpec open = KubernetesSpec.of("gpu-1", api.url());
    start(
        new KubernetesSpec(
            "gpu-1",
            open.server(),
            Optional.of(token),
            Optional.empty(),
            open.maxAge(),
            Optional.empty(),
            true,
            open.rules()),
        Duration.ofMinutes(2));

    eventually(() -> component().state() == Health.State.DOWN);
    assertThat(component().lastError())
        .contains("HTTP 401", "token", "boards stay without an owner")
        .doesNotContain("old");
    assertThat(watch.book().state()).isEqualTo(PodBook.State.UNKNOWN);
    assertThat(health.status()).isEqualTo("degraded");

    Files.writeString(token, "new");
    api.status(200);
    eventually(() -> present().size() == 1);
    assertThat(api.requests().get(api.requests().size() - 1))
        .containsIgnoringCase("Authorization: Bearer new");
  }

  @Test
  void whileTheServerIsAwayThePodsAreUsedUpToTheirAgeAndThenNone() {
    api.put(CHAT);
    KubernetesSpec open = KubernetesSpec.of("gpu-1", api.url());
    start(
        new KubernetesSpec(
            "gpu-1",
            open.server(),
            Optional.empty(),
            Optional.empty(),
            Duration.ofSeconds(8),
            Optional.empty(),
            true,
            open.rules()),
        Duration.ofMinutes(2));
    eventually(() -> present().size() == 1);

    api.status(503);
    eventually(() -> component().lastError().contains("HTTP 503"));
    assertThat(component().state()).isEqualTo(Health.State.DOWN);
    assertThat(present()).hasSize(1);
    eventually(() -> watch.book().state() == PodBook.State.UNKNOWN);

    api.status(200);
    eventually(() -> present().size() == 1);
    assertThat(component().state()).isEqualTo(Health.State.UP);
  }

  @Test
  void silenceEndsAWatchAndIsNoFailure() {
    api.put(CHAT);
    start(KubernetesSpec.of("gpu-1", api.url()), Duration.ofMillis(300));

    eventually(() -> counters.value(FAILURES, "reason", "silence") >= 2);
    assertThat(present()).hasSize(1);
    assertThat(component().state()).isEqualTo(Health.State.UP);
    assertThat(api.lists()).isEqualTo(1);
  }

  @Test
  void aServerOfTheClustersOwnAuthorityIsTrustedByItsCertificateAndByNothingElse()
      throws Exception {
    SelfSigned certificate = new SelfSigned(folder);
    try (ScriptedApi secure = new ScriptedApi(certificate.sockets())) {
      secure.put(CHAT);
      KubernetesSpec open = KubernetesSpec.of("gpu-1", secure.url());
      try (PodWatch distrusting = new PodWatch(open, counters, health)) {
        distrusting.start();
        eventually(() -> component().state() == Health.State.DOWN);
        assertThat(distrusting.book().state()).isEqualTo(PodBook.State.UNKNOWN);
      }
      start(
          new KubernetesSpec(
              "gpu-1",
              open.server(),
              Optional.empty(),
              Optional.of(certificate.pem()),
              open.maxAge(),
              Optional.empty(),
              true,
              open.rules()),
          Duration.ofMinutes(2));
      eventually(() -> present().size() == 1 && component().state() == Health.State.UP);
    }
  }
}
