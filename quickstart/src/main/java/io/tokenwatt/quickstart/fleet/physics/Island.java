package io.tokenwatt.quickstart.fleet.physics;

import java.util.ArrayList;
import java.util.List;

/**
 * Machines that work together (an engine over two of them, a prefill and a decode server) and are
 * therefore moved through event time together; most islands hold one machine. Everything that
 * happens, happens in the order of time, so the state at an instant is the same however often
 * {@link #advance} was called before. Not thread-safe: callers hold one lock per island.
 */
public final class Island {
  private final List<Source> sources = new ArrayList<>();
  private long nowUs;

  Island(long startUs) {
    this.nowUs = startUs;
  }

  /** Of two sources at one instant, the one added first happens first. */
  void add(Source source) {
    sources.add(source);
  }

  long nowUs() {
    return nowUs;
  }

  /** Lets everything happen up to and including {@code toUs}; an earlier time changes nothing. */
  void advance(long toUs) {
    while (true) {
      Source next = sources.get(0);
      for (Source source : sources) {
        next = source.nextUs() < next.nextUs() ? source : next;
      }
      if (next.nextUs() > toUs) {
        break;
      }
      next.fire();
    }
    nowUs = Math.max(nowUs, toUs);
  }
}
