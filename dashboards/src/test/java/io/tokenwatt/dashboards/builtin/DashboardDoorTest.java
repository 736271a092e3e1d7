package io.tokenwatt.dashboards.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

class DashboardDoorTest {
  @Test
  void theShortAddressLeadsToTheLinkWithItsFragment() throws Exception {
    URI link = DashboardLink.of("http://127.0.0.1:8123", "default", "tokenwatt");
    try (DashboardDoor door = DashboardDoor.open(0, link)) {
      HttpResponse<Void> answer =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(door.url()).build(),
                  HttpResponse.BodyHandlers.discarding());
      assertThat(answer.statusCode()).isEqualTo(302);
      assertThat(answer.headers().firstValue("Location")).contains(link.toString());
    }
  }
}
