package io.tokenwatt.collectors.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tokenwatt.collectors.http.Counters;
import io.tokenwatt.collectors.http.Health;
import io.tokenwatt.collectors.ownership.Pod;
import io.tokenwatt.collectors.ownership.PodBook;
import io.tokenwatt.collectors.ownership.PodContainer;
import io.tokenwatt.collectors.ownership.PodGroup;
import io.tokenwatt.collectors.ownership.PodRef;
import io.tokenwatt.collectors.scrape.SelfSigned;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PodWatchTest {
  private static final PodJson CHAT =
      PodJson.deployed("prod", "chat", "x2k4p").gpus("nvidia.com/gpu", 4);
  private static final PodJson CODE = PodJson.deployed("prod", "code", "9f8jq");
  private static final String FAILURES = "tokenwatt_agent_kubernetes_failures_total";

  @TempDir Path folder;

  private final ScriptedApi api = new ScriptedApi();
  private final Counters counters = new Counters();
  private final Health health = new Health(Instant::now);
  private PodWatch watch;

  @AfterEach
  void close() {
    if (watch != null) {
      watch.close();
    }
    api.close();
  }

  private void start(KubernetesSpec spec, Duration silence) {
    watch = new PodWatch(spec, silence, counters, health);
    watch.start();
  }

  private void start() {
    start(KubernetesSpec.of("gpu-1", api.url()), Duration.ofMinutes(2));
  }

  private Set<String> present() {
    return watch.book().present().keySet().stream()
        .map(PodRef::toString)
        .collect(Collectors.toSet());
  }

  private static void eventually(Callable<Boolean> condition) {
    await().atMost(Duration.ofSeconds(60)).until(condition);
  }

  private Health.Component component() {
    return health.components().get(PodWatch.COMPONENT);
  }

  @Test
  void aPodIsReadWithEverythingThatNamesIt() {
    api.put(
        CHAT.port(8000)
            .args("--model", "meta-llama/Llama-3.3-70B", "--tensor-parallel-size=4")
            .annotation("prometheus.io/scrape", "true"));
    start();

    eventually(() -> present().size() == 1);
    Pod pod = watch.book().present().values().iterator().next();
    assertThat(pod.controller()).contains(new Pod.Controller("ReplicaSet", "chat-7c9f8d6b5"));
    assertThat(pod.labels()).containsEntry("pod-template-hash", "7c9f8d6b5");
    assertThat(pod.annotations()).containsEntry("prometheus.io/scrape", "true");
    assertThat(pod.ip()).isEqualTo("127.0.0.1");
    assertThat(pod.running()).isTrue();
    // The init container that ended asked for a board too: it has none now.
    assertThat(pod.containers())
        .containsExactly(
            new PodContainer(
                "main",
                "vllm/vllm-openai:v0.11.0",
                List.of("--model", "meta-llama/Llama-3.3-70B", "--tensor-parallel-size=4"),
                List.of(new PodContainer.Port("http", 8000)),
                Map.of("nvidia.com/gpu", 4)));
    assertThat(api.requests().get(0))
        .startsWith("GET /api/v1/pods?fieldSelector=spec.nodeName%3Dgpu-1&resourceVersion=0 ");
  }

  @Test
  void changesArriveByWatchWithoutAnotherList() {
    api.put(CHAT);
    start();
    eventually(() -> present().equals(Set.of(CHAT.ref())));

    api.put(CODE);
    eventually(() -> present().equals(Set.of(CHAT.ref(), CODE.ref())));
    api.delete(CHAT);
    eventually(() -> present().equals(Set.of(CODE.ref())));

    assertThat(watch.book().find(new PodRef("prod", CHAT.name()))).isPresent();
    assertThat(api.lists()).isEqualTo(1);
  }

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
            Duration.ofSeconds(3),
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
  void theEndOfAnEarlierPodOfTheSameNameIsNotTheEndOfThePresentOne() {
    PodJson first = new PodJson("prod", "llm-0").owner("apps/v1", "StatefulSet", "llm").uid("one");
    PodJson second = new PodJson("prod", "llm-0").owner("apps/v1", "StatefulSet", "llm").uid("two");
    api.put(first);
    start();
    eventually(() -> present().size() == 1);

    api.put(second);
    api.delete(first);
    api.put(CODE);
    eventually(() -> present().size() == 2);
    assertThat(watch.book().present().get(new PodRef("prod", "llm-0")).uid()).isEqualTo("two");
  }

  @Test
  void anEndedPodHoldsNothing() {
    api.put(CHAT);
    start();
    eventually(() -> present().size() == 1);

    api.put(PodJson.deployed("prod", "chat", "x2k4p").phase("Succeeded"));

    eventually(() -> watch.book().present().values().stream().noneMatch(Pod::running));
  }

  private static PodJson leaderWorker(int index) {
    return new PodJson("prod", index == 0 ? "big-0" : "big-0-" + index)
        .label("leaderworkerset.sigs.k8s.io/name", "big")
        .label("leaderworkerset.sigs.k8s.io/group-index", "0")
        .label("leaderworkerset.sigs.k8s.io/worker-index", "" + index)
        .annotation("leaderworkerset.sigs.k8s.io/size", "2")
        .gpus("nvidia.com/gpu", 8);
  }

  @Test
  void theOtherPodsOfAGroupAreAskedForByItsLabels() {
    start();
    eventually(() -> component().state() == Health.State.UP);
    api.group(leaderWorker(0).args("--model=llama"), leaderWorker(1));
    api.put(leaderWorker(1));

    eventually(() -> watch.book().groups().containsKey("prod/big/0"));
    assertThat(watch.book().groups().get("prod/big/0")).isEqualTo(new PodGroup(16, "llama"));
    assertThat(present()).containsExactly("prod/big-0-1");
    assertThat(api.requests())
        .anySatisfy(
            request ->
                assertThat(request)
                    .startsWith(
                        "GET /api/v1/namespaces/prod/pods?labelSelector=leaderworkerset.sigs.k8s.io%2Fname%3Dbig"));
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

  @Test
  void closingEndsAtOnceAlthoughAWatchIsOpen() {
    start();
    eventually(() -> component().state() == Health.State.UP);
    watch.close();

    eventually(
        () ->
            Thread.getAllStackTraces().keySet().stream()
                .noneMatch(t -> t.getName().equals("kubernetes")));
  }
}
