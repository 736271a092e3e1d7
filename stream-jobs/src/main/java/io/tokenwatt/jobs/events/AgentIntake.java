package io.tokenwatt.jobs.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/** An agent's {@code POST /v1/events}, as a sender sees it. */
final class AgentIntake {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final int ATTEMPTS = 3;
  private static final long MAX_WAIT_S = 10;

  /** A busy agent says when to come again. */
  private static final RetryPolicy<HttpResponse<String>> PATIENCE =
      RetryPolicy.<HttpResponse<String>>builder()
          .handleResultIf(AgentIntake::isBusy)
          .abortOn(Exception.class)
          .withDelayFn(context -> retryAfter(context.getLastResult()))
          .withMaxAttempts(ATTEMPTS)
          .build();

  private final URI address;
  private final String token;

  /**
   * @param token null or "" = none
   */
  AgentIntake(String url, String token) throws IOException {
    try {
      this.address = URI.create(url.replaceAll("/+$", "") + "/v1/events");
    } catch (IllegalArgumentException e) {
      throw new IOException("--agent " + url + " is no address", e);
    }
    this.token = token == null ? "" : token;
  }

  /**
   * Returns the event's id when Kafka has it.
   *
   * @throws IOException saying what the agent does not take, or that it does not answer
   */
  String tell(Map<String, String> fields, Map<String, String> attributes)
      throws IOException, InterruptedException {
    ObjectNode event = JSON.createObjectNode();
    fields.forEach(event::put);
    if (!attributes.isEmpty()) {
      attributes.forEach(event.putObject("attributes")::put);
    }
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .timeout(TIMEOUT)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(event)));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    HttpResponse<String> answer = send(request.build());
    if (answer.statusCode() == 200) {
      return JSON.readTree(answer.body()).path("event_ids").path(0).asText();
    }
    throw new IOException(
        "%s answered %d: %s".formatted(address, answer.statusCode(), reason(answer.body())));
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    try {
      return Failsafe.with(PATIENCE)
          .get(() -> client.send(request, HttpResponse.BodyHandlers.ofString()));
    } catch (FailsafeException e) {
      if (e.getCause() instanceof InterruptedException interrupted) {
        throw interrupted;
      }
      throw new IOException(
          address
              + " does not answer: "
              + e.getCause()
              + ". Is section requests in the agent's YAML?",
          e.getCause());
    }
  }

  private static boolean isBusy(HttpResponse<String> answer) {
    return answer.statusCode() == 429 || answer.statusCode() == 503;
  }

  /**
   * @param answer null = there was none
   */
  private static Duration retryAfter(HttpResponse<String> answer) {
    if (answer == null) {
      return Duration.ZERO;
    }
    String wait = answer.headers().firstValue("Retry-After").orElse("1");
    long seconds = wait.matches("[0-9]{1,4}") ? Long.parseLong(wait) : 1;
    return Duration.ofSeconds(Math.min(seconds, MAX_WAIT_S));
  }

  private static String reason(String body) {
    try {
      JsonNode answer = JSON.readTree(body);
      JsonNode error = answer.path("errors").path(0);
      return error.isMissingNode()
          ? answer.path("error").asText(body.strip())
          : error.path("key").asText() + ": " + error.path("message").asText();
    } catch (IOException e) {
      return body.strip();
    }
  }
}
