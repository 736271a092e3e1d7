package io.tokenwatt.collectors.kubernetes;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import io.tokenwatt.collectors.http.Counters;
import io.tokenwatt.collectors.http.Health;
import io.tokenwatt.collectors.ownership.Pod;
import io.tokenwatt.collectors.ownership.PodBook;
import io.tokenwatt.collectors.ownership.PodGroup;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import okhttp3.ResponseBody;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the pods of one node: one list, then a watch that goes on from where the last one ended,
 * and a new list only where the server has forgotten that place (410) or sent what cannot be read.
 * While the server is away the last known pods are used up to their greatest age. On a thread of
 * its own; the book is for any thread.
 */
public final class PodWatch implements AutoCloseable {
  /** In /healthz. */
  public static final String COMPONENT = "kubernetes pods";

  private static final Logger LOG = LoggerFactory.getLogger(PodWatch.class);
  private static final Duration WATCH = Duration.ofMinutes(4);
  private static final Duration SILENCE = Duration.ofMinutes(2);
  private static final Duration SHORTEST_WATCH = Duration.ofMillis(100);
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final KubernetesSpec spec;
  private final ApiServer server;
  private final PodStore store;
  private final Counters counters;
  private final Health health;
  private final JsonFactory factory = new JsonFactory();
  private final SplittableRandom random = new SplittableRandom();
  private final Thread thread = new Thread(this::run, "kubernetes");
  private volatile boolean closed;
  // "0" = any state the server has at hand; "" = the newest; else not older than that.
  private String version = "0";
  private boolean listed;

  /**
   * @throws IllegalArgumentException if the certificates cannot be read
   */
  public PodWatch(KubernetesSpec spec, Counters counters, Health health) {
    this(spec, SILENCE, counters, health);
  }

  PodWatch(KubernetesSpec spec, Duration silence, Counters counters, Health health) {
    this.spec = spec;
    this.server = new ApiServer(spec, silence);
    this.store = new PodStore(spec.maxAge(), System::nanoTime);
    this.counters = counters;
    this.health = health;
    health.declare(COMPONENT, false);
    counters.gauge(
        "tokenwatt_agent_kubernetes_pods",
        "Pods of this node, as last told.",
        () -> store.book().present().size());
    counters.gauge(
        "tokenwatt_agent_kubernetes_age_seconds",
        "Since the API server was last heard.",
        () -> store.age().toMillis() / 1e3);
    thread.setDaemon(true);
  }

  public void start() {
    thread.start();
  }

  /** The pods now; unknown where the server was not heard for too long. */
  public PodBook book() {
    return store.book();
  }

  @Override
  public void close() {
    closed = true;
    server.cancel();
    LockSupport.unpark(thread);
  }

  private void run() {
    long pause = SHORTEST_PAUSE.toMillis();
    boolean renew = false;
    while (!closed) {
      try {
        if (renew) {
          server.renew();
          renew = false;
        }
        if (!listed) {
          list();
        }
        watch();
        groups();
        pause = SHORTEST_PAUSE.toMillis();
      } catch (ApiException e) {
        if (e.isGone()) {
          // The server forgot the place, as it does in time: no failure of anything.
          count(e.reason());
          listed = false;
          version = "";
          rest(SHORTEST_PAUSE.toMillis());
        } else {
          failed(e.reason(), e);
          pause = rest(pause);
        }
      } catch (JsonEOFException e) {
        // Cut off in the middle of an event: the watch goes on behind the one before.
        failed("connection", e);
        pause = rest(pause);
      } catch (JsonProcessingException e) {
        failed("not_json", e);
        listed = false;
        pause = rest(pause);
      } catch (IOException | RuntimeException e) {
        failed("connection", e);
        renew = true;
        pause = rest(pause);
      }
    }
  }

  private void list() throws IOException {
    Listed all = Listed.read(factory, server.list(version));
    if (all.version().isEmpty()) {
      throw new IOException("the answer of " + spec.server() + " is no list of pods");
    }
    store.replace(all.pods());
    version = all.version();
    listed = true;
    counters.counter("tokenwatt_agent_kubernetes_lists_total", "Lists of all pods.").increment();
    LOG.info("kubernetes node {}: {} pods", spec.node(), all.pods().size());
    groups();
  }

  // The other pods of an engine are on other nodes: they are asked for by the group's labels.
  private void groups() {
    store
        .openGroups()
        .forEach(
            (key, group) -> {
              try {
                List<Pod> pods = Listed.read(factory, server.list(group)).pods();
                store.group(key, PodGroup.of(pods, group.size()));
              } catch (IOException e) {
                count("group");
                LOG.debug("group {}: {}", key, e.toString());
              }
            });
  }

  private void watch() throws IOException {
    // Spread, so that a thousand agents do not come back together.
    Duration timeout = WATCH.plusSeconds(random.nextInt(60));
    try (ResponseBody body = server.watch(version, timeout)) {
      store.heard();
      if (health.up(COMPONENT)) {
        LOG.info("kubernetes node {}: watching its pods at {}", spec.node(), spec.server());
      }
      long since = System.nanoTime();
      follow(body);
      if (System.nanoTime() - since < SHORTEST_WATCH.toNanos()) {
        throw new IOException("the server ends watches at once");
      }
    }
  }

  // Only here, since a parser waits for the first byte when it is made.
  private void follow(ResponseBody body) throws IOException {
    try (JsonParser json = factory.createParser(body.byteStream())) {
      while (!closed && json.nextToken() == JsonToken.START_OBJECT) {
        event(json);
      }
    } catch (SocketTimeoutException e) {
      // Silence proves nothing; asking again does.
      count("silence");
    }
  }

  private void event(JsonParser json) throws IOException {
    WatchEvent event = WatchEvent.read(json);
    counters
        .counter("tokenwatt_agent_kubernetes_events_total", "Watch events.", "type", event.type())
        .increment();
    switch (event.type()) {
      case "ADDED", "MODIFIED" -> {
        store.put(event.pod());
        if (event.type().equals("ADDED")) {
          groups();
        }
      }
      case "DELETED" -> store.remove(event.pod());
      case "ERROR" -> throw ApiException.of(event.code(), event.message());
      default -> store.heard();
    }
    if (!event.version().isEmpty()) {
      version = event.version();
    }
  }

  private void failed(String reason, Exception e) {
    if (closed) {
      return;
    }
    count(reason);
    String used =
        store.book().state() == PodBook.State.KNOWN
            ? "the pods known are used for up to " + spec.maxAge().toSeconds() + " s"
            : "no pods are known: boards stay without an owner";
    String problem = e.getMessage() == null ? "connection lost" : e.getMessage();
    if (health.down(COMPONENT, problem + "; " + used)) {
      LOG.warn("kubernetes node {}: {}: {}; {}", spec.node(), spec.server(), e.toString(), used);
    }
  }

  private void count(String reason) {
    counters
        .counter(
            "tokenwatt_agent_kubernetes_failures_total",
            "Lists and watches that failed, by reason.",
            "reason",
            reason)
        .increment();
  }

  /** Waits, and tells the longer wait that follows. */
  private long rest(long pauseMs) {
    long wait = pauseMs / 2 + random.nextLong(pauseMs);
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(wait);
    while (!closed && System.nanoTime() - until < 0) {
      LockSupport.parkNanos(until - System.nanoTime());
    }
    return Math.min(2 * pauseMs, LONGEST_PAUSE.toMillis());
  }
}
