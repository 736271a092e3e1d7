package io.tokenwatt.collectors.backfill;

import io.tokenwatt.collectors.scrape.Access;
import io.tokenwatt.collectors.scrape.TlsSockets;
import io.tokenwatt.config.tls.Handshake;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import okhttp3.FormBody;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Asks a Prometheus, or what answers like one, over its HTTP API. A range selector asked at an
 * instant gives raw samples with the times of their scrapes, nothing interpolated; series that went
 * stale just end. Thread-safe.
 */
final class PrometheusClient implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofMinutes(3);
  private static final int SHOWN = 300;

  /** What Prometheus and its kin answer when a query is too large or too slow. */
  private static final Set<Integer> OVERLOADED = Set.of(413, 422, 429, 503, 504);

  private final OkHttpClient client;
  private final HttpUrl query;
  private final Access access;

  /**
   * @param base such as http://prometheus:9090 or https://host/prometheus
   * @throws IllegalArgumentException if certificates cannot be read
   */
  PrometheusClient(HttpUrl base, Access access) {
    OkHttpClient.Builder builder =
        new OkHttpClient.Builder()
            .callTimeout(TIMEOUT)
            .readTimeout(Duration.ZERO)
            .followRedirects(false);
    TlsSockets.set(access.tls(), builder);
    this.client = builder.build();
    this.access = access;
    this.query = base.newBuilder().addPathSegments("api/v1/query").build();
  }

  /**
   * The series that a query selects at an instant.
   *
   * @throws PrometheusException if there is no answer, or one that says no
   */
  List<RawSeries> query(String promql, long atMs, long maxSamples) {
    Request.Builder request =
        new Request.Builder()
            .url(query)
            .header("User-Agent", "tokenwatt-backfill")
            .post(
                new FormBody.Builder()
                    .add("query", promql)
                    .add("time", atMs / 1000 + "." + "%03d".formatted(atMs % 1000))
                    .build());
    try {
      access.authorization().ifPresent(value -> request.header("Authorization", value));
    } catch (IOException e) {
      throw new PrometheusException(e.getMessage(), false, e);
    }
    try (Response response = client.newCall(request.build()).execute()) {
      if (response.code() != 200) {
        String text = response.peekBody(SHOWN).string().replaceAll("\\s+", " ");
        throw new PrometheusException(
            query + " answers " + response.code() + ": " + text,
            OVERLOADED.contains(response.code()),
            null);
      }
      return ResultReader.read(response.body().byteStream(), maxSamples);
    } catch (IOException e) {
      throw new PrometheusException(
          query + ": " + Handshake.problem(e).orElseGet(e::getMessage), false, e);
    }
  }

  @Override
  public void close() {
    client.dispatcher().executorService().shutdown();
    client.connectionPool().evictAll();
  }
}
