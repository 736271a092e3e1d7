package io.tokenwatt.collectors.kubernetes;

import io.tokenwatt.collectors.ownership.LeaderWorkerGroup;
import io.tokenwatt.collectors.scrape.TlsSockets;
import io.tokenwatt.config.tls.TlsFiles;
import java.io.IOException;
import java.net.Proxy;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;

/**
 * Requests to the API server for the pods of one node. For one thread; {@link #cancel} is for any.
 */
final class ApiServer {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration LIST = Duration.ofSeconds(60);
  private static final Duration GROUP = Duration.ofSeconds(10);
  private static final int SHOWN = 200;

  private final KubernetesSpec spec;
  private final Duration silence;
  private OkHttpClient client;
  private volatile Call call;
  private volatile boolean cancelled;

  /**
   * @param silence a watch without a byte for this long has ended, whatever the connection says
   * @throws IllegalArgumentException if the certificates cannot be read
   */
  ApiServer(KubernetesSpec spec, Duration silence) {
    this.spec = spec;
    this.silence = silence;
    this.client = newClient();
  }

  /** Certificates may have been renewed: read them again. */
  void renew() {
    client.connectionPool().evictAll();
    client = newClient();
  }

  /**
   * All pods; to be closed.
   *
   * @param version not older than this; "0" = any the server has at hand, "" = the newest
   */
  ResponseBody list(String version) throws IOException {
    HttpUrl.Builder url = pods();
    if (!version.isEmpty()) {
      url.addQueryParameter("resourceVersion", version);
    }
    return open(url.build(), client.newBuilder().callTimeout(LIST).build());
  }

  /** The pods of a group, on whatever nodes; to be closed. */
  ResponseBody list(LeaderWorkerGroup group) throws IOException {
    HttpUrl url =
        spec.server()
            .newBuilder()
            .addPathSegments("api/v1/namespaces")
            .addPathSegment(group.namespace())
            .addPathSegment("pods")
            .addQueryParameter("labelSelector", group.selector())
            .addQueryParameter("resourceVersion", "0")
            .build();
    return open(url, client.newBuilder().callTimeout(GROUP).build());
  }

  /** Events since a version, one JSON value each, until the server ends it; to be closed. */
  ResponseBody watch(String version, Duration timeout) throws IOException {
    HttpUrl url =
        pods()
            .addQueryParameter("watch", "1")
            .addQueryParameter("allowWatchBookmarks", "true")
            .addQueryParameter("resourceVersion", version)
            .addQueryParameter("timeoutSeconds", Long.toString(timeout.toSeconds()))
            .build();
    return open(url, client);
  }

  /** Breaks off what is under way; later requests fail at once. */
  void cancel() {
    cancelled = true;
    Call under = call;
    if (under != null) {
      under.cancel();
    }
  }

  private HttpUrl.Builder pods() {
    return spec.server()
        .newBuilder()
        .addPathSegments("api/v1/pods")
        .addQueryParameter("fieldSelector", "spec.nodeName=" + spec.node());
  }

  private ResponseBody open(HttpUrl url, OkHttpClient through) throws IOException {
    Request.Builder request = new Request.Builder().url(url).header("Accept", "application/json");
    if (spec.token().isPresent()) {
      String token = Files.readString(spec.token().get()).strip();
      request.header("Authorization", "Bearer " + token);
    }
    call = through.newCall(request.build());
    if (cancelled) {
      throw new IOException("closed");
    }
    Response response = call.execute();
    if (response.code() != 200) {
      try (response) {
        String text = response.body().source().readUtf8(atMost(response));
        throw ApiException.of(response.code(), text.replaceAll("\\s+", " "));
      }
    }
    return response.body();
  }

  private static long atMost(Response response) throws IOException {
    response.body().source().request(SHOWN);
    return Math.min(SHOWN, response.body().source().getBuffer().size());
  }

  private OkHttpClient newClient() {
    OkHttpClient.Builder builder =
        new OkHttpClient.Builder()
            .connectionPool(new ConnectionPool(1, 1, TimeUnit.MINUTES))
            .followRedirects(false)
            .proxy(Proxy.NO_PROXY)
            .connectTimeout(CONNECT)
            .readTimeout(silence);
    spec.ca().ifPresent(pem -> TlsSockets.set(TlsFiles.trusting(pem), builder));
    return builder.build();
  }
}
