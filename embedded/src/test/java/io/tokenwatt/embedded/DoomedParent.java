package io.tokenwatt.embedded;

import java.util.concurrent.CountDownLatch;

/**
 * A process that starts both engines, prints their pids and directories, and waits to be killed.
 */
public final class DoomedParent {
  private DoomedParent() {}

  public static void main(String[] arguments) throws InterruptedException {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(KafkaOptions.throwaway());
        EmbeddedClickHouse clickHouse = EmbeddedClickHouse.start(ClickHouseOptions.throwaway())) {
      System.out.println(kafka.pid() + " " + kafka.dataDirectory());
      System.out.println(clickHouse.pid() + " " + clickHouse.dataDirectory());
      new CountDownLatch(1).await();
    }
  }
}
