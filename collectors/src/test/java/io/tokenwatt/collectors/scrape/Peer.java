package io.tokenwatt.collectors.scrape;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;

/** A scripted HTTP peer on a real socket, free to break every rule of HTTP. */
public final class Peer implements AutoCloseable {

  /** What to do with a request: the bytes on the wire are the script's own business. */
  public interface Script {
    void answer(String request, OutputStream out) throws IOException;
  }

  private final ServerSocket server;
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();
  private volatile Script script;

  private Peer(ServerSocket server, Script script) {
    this.server = server;
    this.script = script;
    Thread thread = new Thread(this::accept, "peer");
    thread.setDaemon(true);
    thread.start();
  }

  public static Peer of(Script script) {
    return of(ServerSocketFactory.getDefault(), script);
  }

  public static Peer of(ServerSocketFactory factory, Script script) {
    try {
      return new Peer(factory.createServerSocket(0, 50, InetAddress.getLoopbackAddress()), script);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Answers every request with the text, keeping the connection. */
  public static Peer text(String body) {
    return of((request, out) -> out.write(response("200 OK", "text/plain; version=0.0.4", body)));
  }

  /** A whole response with its length. */
  public static byte[] response(String status, String type, String body) {
    return response(status, "Content-Type: " + type, body.getBytes(StandardCharsets.UTF_8));
  }

  public static byte[] response(String status, String header, byte[] body) {
    byte[] head =
        "HTTP/1.1 %s\r\n%s\r\nContent-Length: %d\r\n\r\n"
            .formatted(status, header, body.length)
            .getBytes(StandardCharsets.UTF_8);
    byte[] all = new byte[head.length + body.length];
    System.arraycopy(head, 0, all, 0, head.length);
    System.arraycopy(body, 0, all, head.length, body.length);
    return all;
  }

  public void now(Script other) {
    script = other;
  }

  public int port() {
    return server.getLocalPort();
  }

  public String url() {
    return "http://127.0.0.1:" + port() + "/metrics";
  }

  /** The header of each request so far. */
  public List<String> requests() {
    return requests;
  }

  public int connections() {
    return connections.get();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        connections.incrementAndGet();
        sockets.add(socket);
        Thread thread = new Thread(() -> serve(socket), "peer-connection");
        thread.setDaemon(true);
        thread.start();
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      for (String request = header(in); !request.isEmpty(); request = header(in)) {
        requests.add(request);
        script.answer(request, socket.getOutputStream());
        socket.getOutputStream().flush();
      }
    } catch (IOException e) {
      // The other side went away, or the script said to.
    }
  }

  private static String header(InputStream in) throws IOException {
    StringBuilder header = new StringBuilder();
    for (int c = in.read(); c >= 0; c = in.read()) {
      header.append((char) c);
      if (header.toString().endsWith("\r\n\r\n")) {
        return header.toString();
      }
    }
    return "";
  }

  @Override
  public void close() {
    try {
      server.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
