package io.tokenwatt.quickstart.bench.agent;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tokenwatt.quickstart.bench.page.BoardPage;
import io.tokenwatt.quickstart.bench.page.EnginePage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongFunction;

/**
 * Scripted exporters in a process of their own, so that what they cost is nobody else's. {@code
 * /SIDE/engine/N} and {@code /SIDE/boards/N} are pages; all of a kind show the same, which changes
 * every second. {@code /SIDE/write} takes in and forgets what a remote write sends. {@code /stats}
 * tells what each side fetched and sent. Prints its port and ends when its input does.
 */
public final class LoadMain {
  private final long startMs = System.currentTimeMillis();
  private final ConcurrentMap<String, LongAdder> counts = new ConcurrentHashMap<>();
  private final Cached engine = new Cached(EnginePage::at);
  private final Cached boards = new Cached(BoardPage::at);

  private record Page(long tick, byte[] bytes) {}

  /** The page of this second, written once. */
  private static final class Cached {
    private final LongFunction<byte[]> write;
    private final AtomicReference<Page> page = new AtomicReference<>();

    Cached(LongFunction<byte[]> write) {
      this.write = write;
    }

    byte[] at(long tick) {
      Page now = page.get();
      if (now == null || now.tick != tick) {
        now = new Page(tick, write.apply(tick));
        page.set(now);
      }
      return now.bytes;
    }
  }

  private LoadMain() {}

  public static void main(String[] arguments) throws IOException {
    LoadMain load = new LoadMain();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 512);
    server.setExecutor(Executors.newFixedThreadPool(8));
    server.createContext("/", load::answer);
    server.start();
    System.out.println(server.getAddress().getPort());
    while (System.in.read() >= 0) {
      // Whoever started this is still there.
    }
    System.exit(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String[] path = exchange.getRequestURI().getPath().split("/");
    String what = path.length > 2 ? path[2] : "";
    switch (what) {
      case "engine" -> page(exchange, path[1], engine);
      case "boards" -> page(exchange, path[1], boards);
      case "write" -> write(exchange, path[1]);
      default -> stats(exchange);
    }
  }

  private void page(HttpExchange exchange, String side, Cached pages) throws IOException {
    byte[] body = pages.at((System.currentTimeMillis() - startMs) / 1000);
    exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
    exchange.sendResponseHeaders(200, body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
    count(side + ".scrapes", 1);
  }

  private void write(HttpExchange exchange, String side) throws IOException {
    byte[] buffer = new byte[65_536];
    long bytes = 0;
    try (InputStream in = exchange.getRequestBody()) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        bytes += read;
      }
    }
    count(side + ".bytes", bytes);
    exchange.sendResponseHeaders(204, -1);
    exchange.close();
  }

  private void stats(HttpExchange exchange) throws IOException {
    StringBuilder text = new StringBuilder();
    for (Map.Entry<String, LongAdder> count : counts.entrySet()) {
      text.append(count.getKey()).append('=').append(count.getValue().sum()).append('\n');
    }
    byte[] body = text.toString().getBytes(StandardCharsets.US_ASCII);
    exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  private void count(String name, long n) {
    counts.computeIfAbsent(name, key -> new LongAdder()).add(n);
  }
}
