package io.tokenwatt.quickstart;

import io.tokenwatt.quickstart.fleet.Fleet;
import java.io.Closeable;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A regression on purpose: after a while the power limit of one board type in one region is
 * lowered. No part of Tokenwatt is told; it has to see it in what the exporters print.
 */
final class Rehearsal implements Closeable {
  private static final String REGION = "us-east";
  private static final String BOARDS = "NVIDIA H100 80GB HBM3";
  private static final double WATTS = 300;

  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "rehearsal");
            thread.setDaemon(true);
            return thread;
          });

  private Rehearsal() {}

  /**
   * @param tell gets one line when it happens, on a thread of its own
   */
  static Rehearsal after(Duration time, Fleet fleet, Consumer<String> tell) {
    Rehearsal rehearsal = new Rehearsal();
    rehearsal.clock.schedule(
        () -> {
          fleet.powerCap(REGION, BOARDS, WATTS);
          tell.accept(
              "rehearsal: the power limit of every %s in %s is %.0f W from now on"
                  .formatted(BOARDS, REGION, WATTS));
        },
        time.toMillis(),
        TimeUnit.MILLISECONDS);
    return rehearsal;
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
