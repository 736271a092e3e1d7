package io.tokenwatt.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Ports of the loopback interface that nobody listens on at the moment of asking. */
final class FreePorts {
  private FreePorts() {}

  /** The wanted port, or a free one where 0 is wanted. */
  static int choose(int wanted) {
    if (wanted != 0) {
      return wanted;
    }
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new EngineException("No free port on the loopback interface: " + e, e);
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
