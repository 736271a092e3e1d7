package io.tokenwatt.dashboards.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A ClickHouse over HTTP, asked as Grafana's read-only user would. Thread-safe. */
public final class HttpEngine implements Engine {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
  private final URI uri;
  private final String user;
  private final String password;

  /**
   * @param url of ClickHouse's HTTP port
   * @param database whose tables names without a database are
   */
  public HttpEngine(String url, String database, String user, String password) {
    String name = URLEncoder.encode(database, StandardCharsets.UTF_8);
    this.uri = URI.create(url + "/?default_format=JSONCompact&database=" + name);
    this.user = user;
    this.password = password;
  }

  @Override
  public Answer ask(String sql) {
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .timeout(TIMEOUT)
            .header("X-ClickHouse-User", user)
            .header("X-ClickHouse-Key", password)
            .POST(HttpRequest.BodyPublishers.ofString(sql))
            .build();
    try {
      HttpResponse<String> response =
          client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      if (response.statusCode() != 200) {
        throw new CheckException(response.body().strip());
      }
      return answer(JSON.readTree(response.body()));
    } catch (IOException e) {
      throw new CheckException(uri.getAuthority() + " does not answer: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CheckException("interrupted");
    }
  }

  private static Answer answer(JsonNode json) {
    List<Answer.Column> columns = new ArrayList<>();
    json.get("meta")
        .forEach(
            column ->
                columns.add(
                    new Answer.Column(column.get("name").asText(), column.get("type").asText())));
    List<List<JsonNode>> rows = new ArrayList<>();
    for (JsonNode row : json.get("data")) {
      List<JsonNode> values = new ArrayList<>();
      row.forEach(values::add);
      rows.add(values);
    }
    double seconds = json.path("statistics").path("elapsed").asDouble();
    return new Answer(columns, rows, seconds * 1000);
  }
}
