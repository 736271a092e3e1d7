package io.tokenwatt.quickstart.fleet.physics;

import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * So many callers, each of whom waits for the answer, thinks for a while and asks again: a closed
 * system. Slower answers bring fewer requests, never more at once than there are callers. Agents,
 * evaluations and batches ask like that. Not thread-safe.
 */
final class PatientCallers implements RequestSource {
  private final Asked asked;
  private final double thinkSeconds;
  private final SplittableRandom random;

  /** When those who think ask again. */
  private final PriorityQueue<Long> nextUs = new PriorityQueue<>();

  /**
   * @param thinkSeconds on average, above 0
   */
  PatientCallers(
      int callers, double thinkSeconds, Asked asked, SplittableRandom random, long startUs) {
    this.asked = asked;
    this.thinkSeconds = thinkSeconds;
    this.random = random;
    for (int i = 0; i < callers; i++) {
      over(startUs);
    }
  }

  @Override
  public long nextUs() {
    return nextUs.isEmpty() ? Source.NEVER : nextUs.peek();
  }

  @Override
  public Request take() {
    return asked.at(nextUs.remove());
  }

  @Override
  public void over(long atUs) {
    double seconds = -Math.log(1 - random.nextDouble()) * thinkSeconds;
    nextUs.add(atUs + Math.max(1, Math.round(seconds * 1e6)));
  }

  @Override
  public void mix(Injection.PromptMix mix) {
    asked.mix(mix);
  }
}
