package io.tokenwatt.collectors.scrape;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;

/** Scripts of peers that do what real exporters, proxies and ports do when something is wrong. */
public final class HostilePeers {
  private static final byte[] LINES =
      "a_metric{some=\"label\"} 1\n".repeat(2600).getBytes(StandardCharsets.UTF_8);

  private HostilePeers() {}

  public static void html(String request, OutputStream out) throws IOException {
    out.write(Peer.response("200 OK", "text/html", "<!DOCTYPE html><html>Sign in</html>"));
  }

  public static void status500(String request, OutputStream out) throws IOException {
    out.write(Peer.response("500 Internal Server Error", "text/plain", "a_metric 1\n"));
  }

  /** Takes the request and hangs up. */
  public static void nothing(String request, OutputStream out) throws IOException {
    throw new IOException("hang up");
  }

  /** Takes the request and stays silent, with the connection open. */
  public static void silence(String request, OutputStream out) {}

  public static void emptyBody(String request, OutputStream out) throws IOException {
    out.write(Peer.response("200 OK", "text/plain", ""));
  }

  /** Announces 1000 bytes, sends some and hangs up. */
  public static void cut(String request, OutputStream out) throws IOException {
    write(
        out,
        "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 1000\r\n\r\na_metric 1\n");
    throw new IOException("hang up");
  }

  /** HTTP/1.0: only the end of the connection ends the body, in the middle of a line. */
  public static void cutWithoutLength(String request, OutputStream out) throws IOException {
    write(out, "HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\na_metric 1\nb_metr");
    throw new IOException("hang up");
  }

  public static void gzipGarbage(String request, OutputStream out) throws IOException {
    byte[] garbage =
        "this is no gzip stream, whatever the header says".getBytes(StandardCharsets.UTF_8);
    out.write(
        Peer.response("200 OK", "Content-Type: text/plain\r\nContent-Encoding: gzip", garbage));
  }

  public static void utf16(String request, OutputStream out) throws IOException {
    byte[] body = "a_metric 1\n".getBytes(StandardCharsets.UTF_16);
    out.write(Peer.response("200 OK", "Content-Type: text/plain; charset=utf-16", body));
  }

  public static void redirect(String request, OutputStream out) throws IOException {
    out.write(Peer.response("302 Found", "Location: http://127.0.0.1:1/secret", new byte[0]));
  }

  /** What speaks no HTTP at all. */
  public static void ssh(String request, OutputStream out) throws IOException {
    write(out, "SSH-2.0-OpenSSH_9.2\r\n");
    throw new IOException("hang up");
  }

  /** Streams 1 GB and counts what the other side took. */
  public static Peer.Script gigabyte(AtomicLong taken) {
    return (request, out) -> {
      write(out, "HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\n");
      while (taken.get() < 1L << 30) {
        out.write(LINES);
        taken.addAndGet(LINES.length);
      }
      throw new IOException("done");
    };
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
