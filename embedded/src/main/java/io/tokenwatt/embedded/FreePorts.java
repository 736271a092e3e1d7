package io.tokenwatt.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/** Ports of the loopback interface that nobody listens on at the moment of asking. */
final class FreePorts {
  private static final int LEAST = 20_000;
  private static final int END = 32_000;
  private static final int TRIES = 1_000;
  private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

  private FreePorts() {}

  /**
   * The wanted port, or where 0 is wanted a free one that was never given out before: a broker
   * needs two, and what was given out a moment ago is not listened on yet. It lies below the range
   * from which Linux and macOS take ports for outgoing connections, which would otherwise take it
   * while a broker restarts.
   */
  static int choose(int wanted) {
    if (wanted != 0) {
      GIVEN.add(wanted);
      return wanted;
    }
    for (int tries = 0; tries < TRIES; tries++) {
      int port = ThreadLocalRandom.current().nextInt(LEAST, END);
      if (GIVEN.add(port) && isFree(port)) {
        return port;
      }
    }
    throw new EngineException(
        "No free port on the loopback interface in [%d, %d): %d tries"
            .formatted(LEAST, END, TRIES));
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Starts again, twice at most, where somebody took a free port between its choice and its use.
   *
   * @param chosenHere false: the ports are the user's, who is to hear at once that one is taken
   */
  static void retrying(boolean chosenHere, Runnable start) {
    for (int left = chosenHere ? 2 : 0; ; left--) {
      try {
        start.run();
        return;
      } catch (EngineException e) {
        if (left == 0 || !e.getMessage().contains("Address already in use")) {
          throw e;
        }
      }
    }
  }
}
