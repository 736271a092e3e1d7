package io.tokenwatt.embedded;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** ClickHouse's HTTP interface as a user with curl meets it. */
record Http(String url, String user) {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  record Answer(int status, String body) {}

  Answer post(String statement) throws IOException, InterruptedException {
    return post("", statement);
  }

  /** {@code parameters} as in a URL, for instance "?max_execution_time=5". */
  Answer post(String parameters, String statement) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + "/" + parameters))
            .header("X-ClickHouse-User", user)
            .POST(HttpRequest.BodyPublishers.ofString(statement))
            .build();
    HttpResponse<String> response = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
    return new Answer(response.statusCode(), response.body().strip());
  }

  /** The answer's text; fails the test where the engine refused. */
  String ask(String statement) throws IOException, InterruptedException {
    Answer answer = post(statement);
    if (answer.status() != 200) {
      throw new AssertionError(statement + " -> " + answer);
    }
    return answer.body();
  }
}
