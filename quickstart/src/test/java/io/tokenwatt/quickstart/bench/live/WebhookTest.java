package io.tokenwatt.quickstart.bench.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

class WebhookTest {
  /** As Alertmanager 0.25 posts it, shortened. */
  private static final String TWO =
      "{\"receiver\":\"bench\",\"status\":\"firing\",\"alerts\":["
          + "{\"status\":\"firing\",\"labels\":{\"alertname\":\"A\",\"series\":\"s1\"},\"annotations\":{}},"
          + "{\"status\":\"resolved\",\"labels\":{\"alertname\":\"A\",\"series\":\"s2\"}}]}";

  @Test
  void firingAlertsAreNotedWithTheirLabelsAndResolvedOnesAreNot() throws Exception {
    try (Webhook webhook = new Webhook()) {
      post(webhook, TWO);
      post(webhook, Webhook.body("B", "s3"));
      assertThat(webhook.messages())
          .extracting(m -> m.alert() + " " + m.series())
          .containsExactly("A s1", "B s3");
    }
  }

  private static void post(Webhook webhook, String body) throws Exception {
    int status =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + webhook.port()))
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build(),
                BodyHandlers.discarding())
            .statusCode();
    assertThat(status).isEqualTo(200);
  }
}
