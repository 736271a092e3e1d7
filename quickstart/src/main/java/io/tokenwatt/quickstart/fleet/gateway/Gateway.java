package io.tokenwatt.quickstart.fleet.gateway;

import io.tokenwatt.quickstart.fleet.Fleet;
import io.tokenwatt.quickstart.fleet.ServedRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts an event per ended request to an agent's intake, once a second. A body that the intake does
 * not take is sent again, unchanged, before any later one. Thread-safe.
 */
public final class Gateway implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
  private static final int MOST_LINES = 1_000;
  private static final int MOST_WAITING = 300;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Requests and their lines, in the same order. */
  private record Body(List<ServedRequest> requests, List<Caller> callers, String text) {}

  private final Fleet fleet;
  private final long seed;
  private final URI intake;
  private final String run = Long.toString(System.currentTimeMillis(), 36);
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Deque<Body> waiting = new ArrayDeque<>();
  private final SentEvents sent = new SentEvents();
  private boolean failing;
  private final ScheduledExecutorService driver =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "simulated-gateway");
            thread.setDaemon(true);
            return thread;
          });

  private Gateway(Fleet fleet, long seed, URI intake) {
    this.fleet = fleet;
    this.seed = seed;
    this.intake = intake;
  }

  /**
   * Requests that end from now on are told.
   *
   * @param intake where an agent takes them, as http://127.0.0.1:4318/v1/requests
   */
  public static Gateway open(Fleet fleet, long seed, URI intake) {
    Gateway gateway = new Gateway(fleet, seed, intake);
    fleet.noteRequests();
    gateway.driver.scheduleWithFixedDelay(gateway::postSafely, 1, 1, TimeUnit.SECONDS);
    return gateway;
  }

  /** What the intake has acknowledged. */
  public SentEvents sent() {
    return sent;
  }

  /** Sends what has ended up to now and ends; what the intake does not take now is lost. */
  @Override
  public void close() {
    if (driver.isShutdown()) {
      return;
    }
    driver.shutdown();
    try {
      driver.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    postSafely();
  }

  private synchronized void postSafely() {
    try {
      collect();
      while (!waiting.isEmpty() && post(waiting.peek())) {
        waiting.remove();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.error("the simulated gateway cannot tell of its requests", e);
    }
  }

  private void collect() {
    List<ServedRequest> ended =
        fleet.endedRequests().stream().filter(r -> Callers.ask(r.workload())).toList();
    for (int from = 0; from < ended.size(); from += MOST_LINES) {
      List<ServedRequest> part = ended.subList(from, Math.min(ended.size(), from + MOST_LINES));
      List<Caller> callers = new ArrayList<>();
      StringBuilder text = new StringBuilder(part.size() * 480);
      for (ServedRequest request : part) {
        Caller caller = Callers.of(request, seed);
        callers.add(caller);
        text.append(EventLine.of(request, caller, run)).append('\n');
      }
      waiting.add(new Body(part, callers, text.toString()));
    }
    while (waiting.size() > MOST_WAITING) {
      waiting.remove();
      LOG.warn("the intake at {} takes nothing: the oldest events are thrown away", intake);
    }
  }

  /** False: to be sent again. */
  private boolean post(Body body) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(intake)
            .timeout(PATIENCE)
            .header("Content-Type", "application/x-ndjson")
            .POST(HttpRequest.BodyPublishers.ofString(body.text()))
            .build();
    try {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() == 200) {
        failing = false;
        for (int i = 0; i < body.requests().size(); i++) {
          sent.add(body.requests().get(i), body.callers().get(i));
        }
        return true;
      }
      warn("answered " + answer.statusCode() + ": " + answer.body());
      return answer.statusCode() / 100 == 4 && answer.statusCode() != 429;
    } catch (IOException e) {
      warn("does not answer: " + e);
      return false;
    }
  }

  private void warn(String what) {
    if (!failing) {
      LOG.warn("the intake at {} {}", intake, what);
    }
    failing = true;
  }
}
