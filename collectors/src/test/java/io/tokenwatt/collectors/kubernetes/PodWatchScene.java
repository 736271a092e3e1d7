package io.tokenwatt.collectors.kubernetes;

import static org.awaitility.Awaitility.await;

import io.tokenwatt.collectors.http.Counters;
import io.tokenwatt.collectors.http.Health;
import io.tokenwatt.collectors.ownership.PodRef;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** A watch on a scripted API server; closed after each test. */
abstract class PodWatchScene {
  static final PodJson CHAT = PodJson.deployed("prod", "chat", "x2k4p").gpus("nvidia.com/gpu", 4);
  static final PodJson CODE = PodJson.deployed("prod", "code", "9f8jq");
  static final String FAILURES = "tokenwatt_agent_kubernetes_failures_total";

  @TempDir Path folder;

  final ScriptedApi api = new ScriptedApi();
  final Counters counters = new Counters();
  final Health health = new Health(Instant::now);
  PodWatch watch;

  @AfterEach
  void close() {
    if (watch != null) {
      watch.close();
    }
    api.close();
  }

  void start(KubernetesSpec spec, Duration silence) {
    watch = new PodWatch(spec, silence, counters, health);
    watch.start();
  }

  void start() {
    start(KubernetesSpec.of("gpu-1", api.url()), Duration.ofMinutes(2));
  }

  Set<String> present() {
    return watch.book().present().keySet().stream()
        .map(PodRef::toString)
        .collect(Collectors.toSet());
  }

  static void eventually(Callable<Boolean> condition) {
    await().atMost(Duration.ofSeconds(60)).until(condition);
  }

  Health.Component component() {
    return health.components().get(PodWatch.COMPONENT);
  }
}
