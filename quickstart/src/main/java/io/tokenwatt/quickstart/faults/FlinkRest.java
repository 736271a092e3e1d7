package io.tokenwatt.quickstart.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What Flink's page and its {@code flink} command do, by the same REST calls. Thread-safe. */
final class FlinkRest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final String url;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  FlinkRest(String url) {
    this.url = url;
  }

  /** Slots that no job holds; throws while the JobManager does not answer. */
  int freeSlots() throws IOException, InterruptedException {
    return get("/overview").path("slots-available").asInt();
  }

  /** Uploads a jar; returns its id. */
  String upload(Path jar) throws IOException, InterruptedException {
    String boundary = "tokenwatt-" + jar.hashCode();
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(
        ("--%s\r\nContent-Disposition: form-data; name=\"jarfile\"; filename=\"%s\"\r\nContent-Type: application/x-java-archive\r\n\r\n"
                .formatted(boundary, jar.getFileName()))
            .getBytes(StandardCharsets.UTF_8));
    body.writeBytes(Files.readAllBytes(jar));
    body.writeBytes(("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
    HttpRequest request =
        request("/jars/upload")
            .header("Content-Type", "multipart/form-data; boundary=" + boundary)
            .POST(BodyPublishers.ofByteArray(body.toByteArray()))
            .build();
    return Path.of(send(request).path("filename").asText()).getFileName().toString();
  }

  /**
   * Runs the jar's main; returns the job's id.
   *
   * @param savepoint to go on from; empty = from the start
   */
  String run(String jar, List<String> arguments, Optional<String> savepoint)
      throws IOException, InterruptedException {
    ObjectNode body = JSON.createObjectNode();
    arguments.forEach(body.putArray("programArgsList")::add);
    savepoint.ifPresent(path -> body.put("savepointPath", path));
    return post("/jars/" + jar + "/run", body).path("jobid").asText();
  }

  /** RUNNING, RESTARTING, FINISHED and so on. */
  String state(String job) throws IOException, InterruptedException {
    return get("/jobs/" + job).path("state").asText();
  }

  /** Whether every task of it runs. */
  boolean runs(String job) throws IOException, InterruptedException {
    JsonNode vertices = get("/jobs/" + job).path("vertices");
    for (JsonNode vertex : vertices) {
      if (!vertex.path("status").asText().equals("RUNNING")) {
        return false;
      }
    }
    return vertices.size() > 0;
  }

  /** What made it fail last; for people. */
  String lastFailure(String job) throws IOException, InterruptedException {
    return get("/jobs/" + job + "/exceptions").path("root-exception").asText("none");
  }

  /**
   * Asks for a savepoint and the job's end.
   *
   * @param drain every window is closed first: there will be no successor
   * @return what {@link #savepoint} answers for
   */
  String stop(String job, Path folder, boolean drain) throws IOException, InterruptedException {
    ObjectNode body = JSON.createObjectNode();
    body.put("targetDirectory", folder.toUri().toString());
    body.put("drain", drain);
    return post("/jobs/" + job + "/stop", body).path("request-id").asText();
  }

  /** Where the savepoint lies, once it is there; throws if it failed. */
  Optional<String> savepoint(String job, String trigger) throws IOException, InterruptedException {
    JsonNode answer = get("/jobs/" + job + "/savepoints/" + trigger);
    if (!answer.path("status").path("id").asText().equals("COMPLETED")) {
      return Optional.empty();
    }
    JsonNode location = answer.path("operation").path("location");
    if (location.isMissingNode()) {
      throw new IOException("no savepoint: " + answer.path("operation").path("failure-cause"));
    }
    return Optional.of(location.asText());
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    return send(request(path).GET().build());
  }

  private JsonNode post(String path, JsonNode body) throws IOException, InterruptedException {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body.toString()))
            .build());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(url + path)).timeout(PATIENCE);
  }

  private JsonNode send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
    if (response.statusCode() / 100 != 2) {
      throw new IOException(
          request.uri() + " answers " + response.statusCode() + ": " + response.body());
    }
    return JSON.readTree(response.body());
  }
}
