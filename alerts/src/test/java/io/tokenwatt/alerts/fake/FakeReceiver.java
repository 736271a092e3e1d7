package io.tokenwatt.alerts.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A receiver over a real socket; what it answers next can be scripted. Thread-safe. */
public abstract class FakeReceiver implements AutoCloseable {
  static final ObjectMapper JSON = new ObjectMapper();

  /** What is answered instead of looking at the request. */
  private record Scripted(int status, String retryAfter, boolean taken) {}

  /** What a request deserves. */
  record Answer(int status, String body, int retryAfterS) {
    Answer(int status, String body) {
      this(status, body, 0);
    }
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Deque<Scripted> script = new ArrayDeque<>();
  private int requests;
  private Runnable onNext = () -> {};
  private boolean takenFirst;

  FakeReceiver() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** The next request is answered so and not taken. */
  public synchronized void answerNext(int status, String retryAfter) {
    script.add(new Scripted(status, retryAfter, false));
  }

  /** The next request is taken, but its answer is lost on the way. */
  public synchronized void loseNextAnswer() {
    script.add(new Scripted(0, "", true));
  }

  /**
   * When the next request is there, this is done, and nobody gets an answer to that request.
   *
   * @param taken whether the request is taken before
   */
  public synchronized void onNext(boolean taken, Runnable action) {
    onNext = action;
    takenFirst = taken;
    script.clear();
    script.add(new Scripted(-1, "", taken));
  }

  public synchronized int requests() {
    return requests;
  }

  public String base() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  abstract Answer take(HttpExchange exchange, byte[] body, long nowMs) throws IOException;

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      Answer answer;
      synchronized (this) {
        requests++;
        Scripted scripted = script.poll();
        if (scripted != null && scripted.status < 0) {
          if (takenFirst) {
            take(exchange, body, System.currentTimeMillis());
          }
          onNext.run();
          return;
        }
        if (scripted != null && !scripted.taken) {
          exchange.getResponseHeaders().set("Retry-After", scripted.retryAfter);
          answer = new Answer(scripted.status, "scripted");
        } else {
          answer = take(exchange, body, System.currentTimeMillis());
        }
        if (scripted != null && scripted.taken) {
          return; // Closed without an answer.
        }
      }
      if (answer.retryAfterS > 0) {
        exchange.getResponseHeaders().set("Retry-After", String.valueOf(answer.retryAfterS));
      }
      byte[] bytes = answer.body.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(answer.status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  static JsonNode json(HttpExchange exchange, byte[] body) throws IOException {
    String type = String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type"));
    if (!exchange.getRequestMethod().equals("POST") || !type.startsWith("application/json")) {
      throw new IOException("not a POST of JSON");
    }
    return JSON.readTree(body);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
