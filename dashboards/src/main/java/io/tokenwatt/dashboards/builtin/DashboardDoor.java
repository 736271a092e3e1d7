package io.tokenwatt.dashboards.builtin;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;

/**
 * A short address on loopback that leads to the long link: a terminal cannot show two thousand
 * characters that a person could click. Answers until {@link #close}. Thread-safe.
 */
public final class DashboardDoor implements AutoCloseable {
  private final HttpServer server;

  private DashboardDoor(HttpServer server) {
    this.server = server;
  }

  /**
   * @param port 0 = any free one
   * @param link where it leads, as {@link DashboardLink} gives it
   * @throws IOException if the port is taken
   */
  public static DashboardDoor open(int port, URI link) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 8);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.getResponseHeaders().set("Location", link.toString());
            exchange.sendResponseHeaders(302, -1);
          }
        });
    server.start();
    return new DashboardDoor(server);
  }

  /** The short address. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
