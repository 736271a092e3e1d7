package io.tokenwatt.alerts.notify;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * One POST or GET, and what its answer means: 2xx is sent; 429, 408 and 5xx are tried again; 429
 * and Retry-After hold for all that the receiver is to be told; so are 401, 403, 404 and 410, but
 * slowly, for a person has to put an address or a token right first and the page must not be lost
 * until then; 400 and any other is refused for good, for the same bytes would be refused again.
 * Thread-safe.
 */
public final class Http {
  /** Between attempts while a person has to act first. */
  static final Duration UNTIL_PUT_RIGHT = Duration.ofMinutes(5);

  /** After a 429 that does not say for how long. */
  private static final Duration AT_LIMIT = Duration.ofSeconds(2);

  private static final MediaType JSON = MediaType.get("application/json; charset=utf-8");
  private static final int ANSWER_BYTES = 500;

  private final OkHttpClient client;

  /**
   * @param call how long one takes at most, name look-up and TLS included
   */
  public Http(Duration call) {
    // No redirects: the body holds a key that only the configured host may see. No silent retries:
    // the outbox does them, and counts.
    client =
        new OkHttpClient.Builder()
            .callTimeout(call)
            .followRedirects(false)
            .followSslRedirects(false)
            .retryOnConnectionFailure(false)
            .build();
  }

  /**
   * @param to where, with what must never be shown
   */
  public Outcome post(Target to, String json, Instant now) {
    return call(to, new Request.Builder().post(RequestBody.create(json, JSON)), now);
  }

  public Outcome get(Target to, Instant now) {
    return call(to, new Request.Builder().get(), now);
  }

  private Outcome call(Target to, Request.Builder builder, Instant now) {
    Request.Builder request = builder.url(to.url().reveal());
    to.authorization().ifPresent(value -> request.header("Authorization", value.reveal()));
    try (Response response = client.newCall(request.build()).execute()) {
      return outcome(to, response, now);
    } catch (IOException e) {
      return Outcome.retry(to.redacted(e.toString()), Duration.ZERO);
    }
  }

  private static Outcome outcome(Target to, Response response, Instant now) throws IOException {
    int status = response.code();
    String body = response.peekBody(ANSWER_BYTES).string().strip().replaceAll("\\s+", " ");
    String answer = to.redacted(status + " " + body).strip();
    if (status / 100 == 2) {
      return Outcome.sent(answer);
    }
    Duration after = RetryAfter.of(response.header("Retry-After"), now);
    if (status == 429) {
      return Outcome.busy(answer, after.isZero() ? AT_LIMIT : after);
    }
    if (status == 408 || status / 100 == 5) {
      return after.isZero() ? Outcome.retry(answer, after) : Outcome.busy(answer, after);
    }
    if (List.of(401, 403, 404, 410).contains(status)) {
      return Outcome.retry(answer, UNTIL_PUT_RIGHT);
    }
    return Outcome.refused(answer);
  }

  /** Ends idle connections. */
  public void close() {
    client.dispatcher().executorService().shutdown();
    client.connectionPool().evictAll();
  }
}
