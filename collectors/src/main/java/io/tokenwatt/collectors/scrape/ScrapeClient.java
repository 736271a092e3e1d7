package io.tokenwatt.collectors.scrape;

import java.net.Proxy;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;

/**
 * The agent's one HTTP client: connections are kept and used again, redirects are off, no proxy.
 * Thread-safe.
 */
public final class ScrapeClient implements AutoCloseable {
  private static final int MAX_AT_ONCE = 512;

  private final OkHttpClient client;

  public ScrapeClient() {
    Dispatcher dispatcher = new Dispatcher(threads());
    // All targets of a tick start together; a queue would make the last of them late.
    dispatcher.setMaxRequests(MAX_AT_ONCE);
    dispatcher.setMaxRequestsPerHost(MAX_AT_ONCE);
    client =
        new OkHttpClient.Builder()
            .dispatcher(dispatcher)
            .connectionPool(new ConnectionPool(MAX_AT_ONCE, 5, TimeUnit.MINUTES))
            .followRedirects(false)
            .followSslRedirects(false)
            .proxy(Proxy.NO_PROXY)
            // The call's timeout bounds everything; these would only cut in earlier.
            .connectTimeout(Duration.ZERO)
            .readTimeout(Duration.ZERO)
            .writeTimeout(Duration.ZERO)
            .build();
  }

  /**
   * @param timeout of the whole exchange
   * @param limit most bytes of a body
   * @throws IllegalArgumentException if the target's certificates cannot be read
   */
  public HttpScraper scraper(TargetSpec target, Duration timeout, int limit) {
    OkHttpClient.Builder own = client.newBuilder().callTimeout(timeout);
    TlsSockets.set(target.access().tls(), own);
    return new HttpScraper(own.build(), target, limit);
  }

  /** Breaks off what is under way and lets connections and threads go. */
  @Override
  public void close() {
    client.dispatcher().cancelAll();
    client.dispatcher().executorService().shutdown();
    client.connectionPool().evictAll();
  }

  private static ExecutorService threads() {
    AtomicInteger count = new AtomicInteger();
    return new ThreadPoolExecutor(
        0,
        Integer.MAX_VALUE,
        60,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        task -> {
          Thread thread = new Thread(task, "scrape-" + count.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        });
  }
}
