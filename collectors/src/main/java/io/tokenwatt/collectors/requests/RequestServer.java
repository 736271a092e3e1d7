package io.tokenwatt.collectors.requests;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tokenwatt.collectors.http.Counters;
import io.tokenwatt.collectors.http.Health;
import io.tokenwatt.collectors.http.Json;
import io.tokenwatt.collectors.publish.EventPublisher;
import io.tokenwatt.config.Secret;
import io.tokenwatt.model.proto.otlp.ExportTracePartialSuccess;
import io.tokenwatt.model.proto.otlp.ExportTraceServiceResponse;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes {@code POST /v1/requests} (NDJSON) and {@code POST /v1/traces} (OTLP/HTTP, protobuf or
 * JSON), and {@code POST /v1/events} (changes, as JSON). 200 means that all in-sync replicas of
 * Kafka have every event that was not named as rejected; 429 and 503 mean that the sender must send
 * the whole body again, after Retry-After, which is harmless: the job counts an event_id once.
 * Nothing is kept here in between.
 */
public final class RequestServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RequestServer.class);
  private static final int AT_ONCE = 8;
  private static final int SHOWN_ERRORS = 20;
  private static final String NDJSON = "/v1/requests";
  private static final String OTLP = "/v1/traces";
  private static final String CHANGES = "/v1/events";

  private final HttpServer server;
  private final Semaphore room = new Semaphore(AT_ONCE);
  private final IntakeParts parts;
  private final EventPublisher publisher;
  private final IntakeTally tally;
  private final RequestLabels labels;
  private final ChangeIntake changes;
  // More than are worked on at once: the rest answers 429 instead of waiting.
  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          AT_ONCE + 4,
          task -> {
            Thread thread = new Thread(task, "requests");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * @param agent node of this agent
   * @param publisher closed with this
   * @throws IOException naming the address if it cannot be had
   */
  public RequestServer(
      RequestsSpec spec,
      String agent,
      ServerMemory servers,
      EventPublisher publisher,
      Counters counters,
      Health health)
      throws IOException {
    this.parts = new IntakeParts(spec, spec.tenants(), servers, agent);
    this.publisher = publisher;
    this.tally = new IntakeTally(counters, health);
    this.labels = new RequestLabels(spec.labels(), counters, health, System::currentTimeMillis);
    this.changes = new ChangeIntake(agent, publisher, counters, System::currentTimeMillis);
    try {
      server = HttpServer.create(spec.listen(), 0);
    } catch (IOException e) {
      throw new IOException(
          "requests: cannot listen on " + spec.listen() + ": " + e.getMessage(), e);
    }
    server.setExecutor(threads);
    server.createContext(NDJSON, exchange -> handle(exchange, NDJSON));
    server.createContext(OTLP, exchange -> handle(exchange, OTLP));
    server.createContext(CHANGES, exchange -> handle(exchange, CHANGES));
    server.start();
    LOG.info("events are taken at http:/{}{}, {}, {}", address(), NDJSON, OTLP, CHANGES);
  }

  public InetSocketAddress address() {
    return server.getAddress();
  }

  /** Bodies under way are still answered. */
  @Override
  public void close() {
    server.stop(1);
    threads.shutdownNow();
    publisher.close();
  }

  private record Answer(int status, String type, byte[] body) {}

  private void handle(HttpExchange exchange, String path) throws IOException {
    try (exchange) {
      Answer answer;
      try {
        answer = answer(exchange, path);
      } catch (BodyRefused e) {
        answer = problem(e.status(), e.getMessage());
      } catch (RuntimeException e) {
        // Its message could quote the body.
        LOG.error("a bug of ours in the request intake: {}", e.getClass().getName());
        answer = problem(500, "a bug of the agent");
      }
      tally.body(path, answer.status);
      if (answer.status == 429 || answer.status == 503) {
        exchange.getResponseHeaders().set("Retry-After", answer.status == 429 ? "1" : "5");
      }
      exchange.getResponseHeaders().set("Content-Type", answer.type);
      exchange.sendResponseHeaders(
          answer.status, answer.body.length == 0 ? -1 : answer.body.length);
      exchange.getResponseBody().write(answer.body);
    }
  }

  private Answer answer(HttpExchange exchange, String path) throws IOException, BodyRefused {
    if (!exchange.getRequestURI().getPath().equals(path)) {
      throw new BodyRefused(404, "POST " + NDJSON + ", " + OTLP + " or " + CHANGES);
    }
    if (!exchange.getRequestMethod().equals("POST")) {
      throw new BodyRefused(405, "POST only");
    }
    authorize(exchange);
    if (!room.tryAcquire()) {
      throw new BodyRefused(429, "too many bodies at once");
    }
    try {
      byte[] body = RequestBody.read(exchange, parts.spec().maxBody());
      String type = RequestBody.contentType(exchange);
      if (path.equals(CHANGES)) {
        ChangeIntake.Answer answer = changes.take(body, type);
        return json(answer.status(), answer.json());
      }
      boolean ndjson = path.equals(NDJSON);
      Batch batch = ndjson ? ndjson(body, type) : otlp(body, type);
      publish(batch);
      return ndjson ? lines(batch) : spans(batch, type);
    } finally {
      room.release();
    }
  }

  private void authorize(HttpExchange exchange) throws BodyRefused {
    Secret token = parts.spec().bearerToken().orElse(null);
    if (token == null) {
      return;
    }
    String shown = exchange.getRequestHeaders().getFirst("Authorization");
    byte[] expected = ("Bearer " + token.reveal()).getBytes(StandardCharsets.UTF_8);
    byte[] given = (shown == null ? "" : shown).getBytes(StandardCharsets.UTF_8);
    if (!MessageDigest.isEqual(expected, given)) {
      throw new BodyRefused(401, "Authorization: Bearer … is missing or wrong");
    }
  }

  private Batch ndjson(byte[] body, String type) throws BodyRefused {
    if (!List.of("application/x-ndjson", "application/json", "application/jsonl").contains(type)) {
      throw new BodyRefused(415, "Content-Type is application/x-ndjson");
    }
    return Batch.ndjson(body, parts);
  }

  private Batch otlp(byte[] body, String type) throws BodyRefused {
    try {
      return switch (type) {
        case "application/x-protobuf" -> Batch.protobuf(body, parts);
        case "application/json" -> Batch.json(body, parts);
        default ->
            throw new BodyRefused(
                415, "Content-Type is application/x-protobuf or application/json");
      };
    } catch (IOException e) {
      throw new BodyRefused(400, "not an ExportTraceServiceRequest"); // the reason could quote it
    }
  }

  private void publish(Batch batch) throws BodyRefused {
    List<EventPublisher.Keyed> records = new ArrayList<>(batch.events.size());
    labels
        .fold(batch.events)
        .forEach(e -> records.add(new EventPublisher.Keyed(e.getEventId(), e.toByteArray())));
    String failure = publisher.publish(records);
    if (!failure.isEmpty()) {
      tally.failed(batch.events.size(), failure);
      throw new BodyRefused(503, "Kafka does not take events now; send the body again");
    }
    tally.published(batch.events.size());
    tally.ignored(batch.ignored);
    for (int i = 0; i < batch.unresolved; i++) {
      tally.unresolved();
    }
    batch.rejected.forEach(each -> tally.rejected(each.why()));
    batch.rejected.stream()
        .limit(SHOWN_ERRORS)
        .forEach(r -> publisher.reject(r.why().reason(), r.why().key(), r.bytes()));
  }

  private static Answer lines(Batch batch) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("accepted", batch.events.size());
    all.put("rejected", batch.rejected.size());
    List<Object> errors = new ArrayList<>();
    batch.rejected.stream().limit(SHOWN_ERRORS).forEach(r -> errors.add(error(r)));
    all.put("errors", errors);
    boolean allWrong = batch.events.isEmpty() && !batch.rejected.isEmpty();
    return json(allWrong ? 400 : 200, Json.of(all) + "\n");
  }

  private static Map<String, Object> error(Batch.Rejected rejected) {
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("line", rejected.number());
    error.put("reason", rejected.why().reason());
    error.put("key", rejected.why().key());
    return error;
  }

  /** OTLP's partial success: its sender must not send rejected spans again. */
  private static Answer spans(Batch batch, String type) {
    String message =
        batch.rejected.isEmpty()
            ? ""
            : "first: span %d, %s"
                .formatted(
                    batch.rejected.get(0).number(), batch.rejected.get(0).why().getMessage());
    if (type.equals("application/json")) {
      Map<String, Object> all = new LinkedHashMap<>();
      if (!batch.rejected.isEmpty()) {
        Map<String, Object> partial = new LinkedHashMap<>();
        partial.put("rejectedSpans", Integer.toString(batch.rejected.size()));
        partial.put("errorMessage", message);
        all.put("partialSuccess", partial);
      }
      return json(200, Json.of(all));
    }
    ExportTraceServiceResponse.Builder response = ExportTraceServiceResponse.newBuilder();
    if (!batch.rejected.isEmpty()) {
      response.setPartialSuccess(
          ExportTracePartialSuccess.newBuilder()
              .setRejectedSpans(batch.rejected.size())
              .setErrorMessage(message));
    }
    return new Answer(200, "application/x-protobuf", response.build().toByteArray());
  }

  private static Answer problem(int status, String message) {
    return json(status, Json.of(Map.of("error", message)) + "\n");
  }

  private static Answer json(int status, String text) {
    return new Answer(status, "application/json", text.getBytes(StandardCharsets.UTF_8));
  }
}
