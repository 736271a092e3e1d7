package io.tokenwatt.quickstart.fleet;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Hands out listening servers on loopback, one free port after the other. The ports lie below the
 * range from which the system takes ports for outgoing connections, so that an exporter that was
 * down gets its own port back. Not thread-safe.
 */
final class Ports {
  private static final int LOWEST = 20_000;
  private static final int SPREAD = 10_000;
  private static final int TRIES = 2_000;

  static {
    // Without it the server waits for an ACK between head and body: 40 ms a scrape.
    if (System.getProperty("sun.net.httpserver.nodelay") == null) {
      System.setProperty("sun.net.httpserver.nodelay", "true");
    }
  }

  private int next;

  /**
   * @param base the first port to try; 0 = one that depends on the process, so that two fleets on a
   *     machine seldom meet
   */
  Ports(int base) {
    next = base > 0 ? base : LOWEST + (int) (ProcessHandle.current().pid() * 131 % SPREAD);
  }

  /** A bound server that is not yet started. */
  HttpServer bind() throws IOException {
    int first = next;
    while (next < Math.min(first + TRIES, 65_536)) {
      try {
        return bind(next++);
      } catch (BindException taken) {
        // Somebody else's port; the next one may be free.
      }
    }
    throw new BindException("no free port in " + first + ".." + next + "; set another --port-base");
  }

  static HttpServer bind(int port) throws IOException {
    return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 16);
  }
}
