package io.tokenwatt.embedded;

import static org.awaitility.Awaitility.await;

import java.time.Duration;

final class Processes {
  private Processes() {}

  static boolean isAlive(long pid) {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }

  static void awaitGone(long pid) {
    await("process " + pid + " to end").atMost(Duration.ofSeconds(30)).until(() -> !isAlive(pid));
  }
}
