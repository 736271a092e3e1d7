package io.tokenwatt.quickstart.fleet;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.Pattern;

/** A scraped page, read by a few regular expressions: no parser of the project has a say here. */
record Page(int status, String contentType, String text) {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  static Page get(SimulatedTarget target) throws IOException, InterruptedException {
    return get(target.url());
  }

  static Page get(URI url) throws IOException, InterruptedException {
    HttpResponse<String> response =
        CLIENT.send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofString());
    String type = response.headers().firstValue("Content-Type").orElse("");
    return new Page(response.statusCode(), type, response.body());
  }

  List<String> lines(String metric) {
    return text.lines().filter(line -> line.startsWith(metric + "{")).toList();
  }

  /** Values of the series whose labels contain {@code label}. */
  List<Double> values(String metric, String label) {
    return lines(metric).stream()
        .filter(line -> line.contains(label))
        .map(line -> Double.valueOf(line.substring(line.lastIndexOf(' ') + 1)))
        .toList();
  }

  double sum(String metric) {
    return sum(metric, "");
  }

  double sum(String metric, String label) {
    return values(metric, label).stream().mapToDouble(Double::doubleValue).sum();
  }

  static String label(String line, String name) {
    var matcher = Pattern.compile(name + "=\"([^\"]*)\"").matcher(line);
    return matcher.find() ? matcher.group(1) : "";
  }
}
