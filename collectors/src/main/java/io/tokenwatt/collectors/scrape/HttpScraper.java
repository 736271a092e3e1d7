package io.tokenwatt.collectors.scrape;

import io.tokenwatt.config.tls.Handshake;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** Scrapes one target, one exchange at a time. Made by {@link ScrapeClient}. */
public final class HttpScraper {
  private static final String ACCEPT =
      "text/plain;version=0.0.4;q=0.8,application/openmetrics-text;version=1.0.0;q=0.6,*/*;q=0.1";

  private final OkHttpClient client;
  private final Request request;
  private final Access access;
  private final int limit;
  private final Body body;

  HttpScraper(OkHttpClient client, TargetSpec target, int limit) {
    this.client = client;
    this.request = request(target);
    this.access = target.access();
    this.limit = limit;
    this.body = new Body(limit);
  }

  /** Starts an exchange; the one before must have ended. */
  public void start(ScrapeListener listener) {
    Request.Builder next = request.newBuilder();
    try {
      access.authorization().ifPresent(value -> next.header("Authorization", value));
    } catch (IOException e) {
      listener.failed(new Failure(FailureReason.CREDENTIALS, String.valueOf(e.getMessage())));
      return;
    }
    client.newCall(next.build()).enqueue(new Exchange(listener));
  }

  private final class Exchange implements Callback {
    private final ScrapeListener listener;

    private Exchange(ScrapeListener listener) {
      this.listener = listener;
    }

    @Override
    public void onFailure(Call call, IOException e) {
      listener.failed(failure(e, false, client.callTimeoutMillis()));
    }

    @Override
    public void onResponse(Call call, Response response) {
      Failure failure = null;
      try (response) {
        failure = read(call, response);
      }
      if (failure == null) {
        listener.scraped(body);
      } else {
        listener.failed(failure);
      }
    }

    private Failure read(Call call, Response response) {
      try {
        BodyReader.read(response, limit, body);
        return null;
      } catch (ScrapeException e) {
        // Closing a response reads on for a while to save the connection; cancelling does not.
        call.cancel();
        return e.failure();
      } catch (IOException e) {
        call.cancel();
        return failure(e, true, client.callTimeoutMillis());
      }
    }
  }

  private static Request request(TargetSpec target) {
    return new Request.Builder()
        .url(target.url())
        .header("Accept", ACCEPT)
        .header("User-Agent", "tokenwatt-agent")
        // On one machine compressing costs both ends more than the bytes do.
        .header("Accept-Encoding", isLoopback(target.url()) ? "identity" : "gzip")
        .build();
  }

  static boolean isLoopback(HttpUrl url) {
    String host = url.host();
    return host.equals("localhost") || host.startsWith("127.") || host.equals("::1");
  }

  private static Failure failure(IOException e, boolean inBody, int timeoutMillis) {
    if (e instanceof InterruptedIOException) {
      return new Failure(FailureReason.TIMEOUT, "no whole answer within " + timeoutMillis + "ms");
    }
    return new Failure(
        reason(e, inBody), Handshake.problem(e).orElseGet(() -> String.valueOf(e.getMessage())));
  }

  private static FailureReason reason(IOException e, boolean inBody) {
    if (e instanceof SSLException) {
      return FailureReason.TLS;
    }
    if (e instanceof ConnectException
        || e instanceof UnknownHostException
        || e instanceof NoRouteToHostException) {
      return FailureReason.CONNECT;
    }
    if (inBody) {
      boolean cut = e instanceof ProtocolException || e instanceof EOFException;
      return cut || e instanceof SocketException ? FailureReason.CUT_BODY : FailureReason.BAD_HTTP;
    }
    return FailureReason.BAD_HTTP;
  }
}
