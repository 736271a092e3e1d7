package io.tokenwatt.alerts.run;

import java.util.concurrent.ThreadFactory;

/** Named threads that keep no JVM alive. */
final class Threads {
  private Threads() {}

  static ThreadFactory daemon(String name) {
    return task -> {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }
}
