package io.tokenwatt.quickstart.bench.wire;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Series lines of pages, counted without our parser. */
final class Lines {
  private Lines() {}

  static long of(byte[] page) {
    return new String(page, StandardCharsets.UTF_8)
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .count();
  }

  static long of(List<URI> pages) throws IOException, InterruptedException {
    HttpClient client = HttpClient.newHttpClient();
    long lines = 0;
    for (URI page : pages) {
      lines +=
          of(client.send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofByteArray()).body());
    }
    return lines;
  }
}
