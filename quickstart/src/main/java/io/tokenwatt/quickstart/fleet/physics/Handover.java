package io.tokenwatt.quickstart.fleet.physics;

import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * The way from a prefill server to its decode server: the KV cache of a prompt goes over the
 * network, then the request arrives there. Not thread-safe.
 */
final class Handover implements RequestSource {
  /** One 400 Gbit/s port, and what the two sides say to each other before. */
  private static final double BYTES_PER_US = 40_000;

  private static final long SETUP_US = 3_000;

  private final long kvBytesPerToken;
  private final PriorityQueue<Request> underWay =
      new PriorityQueue<>(Comparator.comparingLong((Request r) -> r.arrivedUs));

  Handover(ServedModel model) {
    this.kvBytesPerToken = model.kvBytesPerToken();
  }

  /** The prompt is computed at {@code atUs}. */
  void send(Request prefilled, long atUs) {
    double bytes = (double) prefilled.promptTokens * kvBytesPerToken;
    underWay.add(prefilled.decoding(atUs + SETUP_US + Math.round(bytes / BYTES_PER_US)));
  }

  @Override
  public long nextUs() {
    return underWay.isEmpty() ? Source.NEVER : underWay.peek().arrivedUs;
  }

  @Override
  public Request take() {
    return underWay.remove();
  }
}
