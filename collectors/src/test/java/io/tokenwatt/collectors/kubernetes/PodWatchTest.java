package io.tokenwatt.collectors.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.collectors.http.Health;
import io.tokenwatt.collectors.ownership.Pod;
import io.tokenwatt.collectors.ownership.PodContainer;
import io.tokenwatt.collectors.ownership.PodGroup;
import io.tokenwatt.collectors.ownership.PodRef;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PodWatchTest extends PodWatchScene {
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
