package io.tokenwatt.quickstart.fleet.physics;

import java.util.List;
import java.util.SplittableRandom;

/**
 * A training job: steps of about two seconds on all its boards at once, most of it matrix
 * multiplications, the rest an exchange of gradients; every five minutes the boards wait for a
 * checkpoint. Not thread-safe.
 */
final class Training implements Source {
  private static final long COMPUTE_US = 1_750_000;
  private static final long EXCHANGE_US = 320_000;
  private static final long CHECKPOINT_EVERY_US = 300_000_000;
  private static final long CHECKPOINT_US = 14_000_000;

  private final List<Board> boards;
  private final SplittableRandom random;
  private long nextUs;
  private long checkpointUs;
  private boolean computing;

  Training(List<Board> boards, SplittableRandom random, long startUs) {
    this.boards = List.copyOf(boards);
    this.random = random;
    this.nextUs = startUs;
    this.checkpointUs = startUs + random.nextLong(CHECKPOINT_EVERY_US);
  }

  @Override
  public long nextUs() {
    return nextUs;
  }

  @Override
  public void fire() {
    long nowUs = nextUs;
    if (computing) {
      boolean saves = nowUs >= checkpointUs;
      checkpointUs += saves ? CHECKPOINT_EVERY_US : 0;
      computing = false;
      occupy(nowUs, saves ? 0.02 : 0.75, 0, saves ? 0.01 : 0.3, saves ? 0.05 : 0.4);
      nextUs += saves ? CHECKPOINT_US : EXCHANGE_US;
    } else {
      computing = true;
      occupy(nowUs, 0.99, 0.46, 0.52, 0.93);
      nextUs += COMPUTE_US + random.nextLong(90_000);
    }
  }

  /**
   * @param load share of the range between idle power and the limit
   */
  private void occupy(long atUs, double gr, double tensor, double dram, double load) {
    for (Board board : boards) {
      Hardware hardware = board.hardware();
      double watts = load * (hardware.boardWatts() - hardware.loadedIdleWatts());
      int memoryMib = (int) (0.92 * hardware.memoryMib());
      board.change(0, atUs, new Activity(true, gr, 0.93 * gr, tensor, dram, watts, 1, memoryMib));
    }
  }
}
