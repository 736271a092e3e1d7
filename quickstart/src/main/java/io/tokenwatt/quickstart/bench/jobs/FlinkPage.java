package io.tokenwatt.quickstart.bench.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.OptionalLong;

/** What Flink's page tells of the one job behind it. Not thread-safe. */
final class FlinkPage {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String STAGE_2 = "sum per cell";

  private final String url;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private String job = "";
  private String stage2 = "";

  FlinkPage(int port) {
    url = "http://127.0.0.1:" + port;
  }

  /**
   * Checkpoints so far.
   *
   * @param bytes of the newest
   * @param millis of the newest, from its trigger to its end
   * @param worstMillis the longest of all
   */
  record Checkpoints(long completed, long failed, long bytes, long millis, long worstMillis) {}

  /** Whether every task of the job runs. */
  boolean runs() throws InterruptedException {
    try {
      JsonNode jobs = get("/jobs").path("jobs");
      if (jobs.size() == 0) {
        return false;
      }
      job = jobs.get(0).path("id").asText();
      JsonNode vertices = get("/jobs/" + job).path("vertices");
      for (JsonNode vertex : vertices) {
        if (!vertex.path("status").asText().equals("RUNNING")) {
          return false;
        }
        if (vertex.path("name").asText().contains(STAGE_2)) {
          stage2 = vertex.path("id").asText();
        }
      }
      return !stage2.isEmpty();
    } catch (IOException notYet) {
      return false;
    }
  }

  /**
   * Up to which record time stage 2 has seen all of stage 1's output, Unix ms: everything appended
   * before was metered, and what follows from it was added up. Empty until it has seen some of each
   * partition.
   */
  OptionalLong processedMs() throws IOException, InterruptedException {
    String path = "/jobs/" + job + "/vertices/" + stage2 + "/watermarks";
    get(path); // sends Flink to ask its tasks
    Thread.sleep(JobMain.METRICS.toMillis() / 2);
    long least = Long.MAX_VALUE;
    JsonNode watermarks = get(path);
    for (JsonNode watermark : watermarks) {
      least = Math.min(least, watermark.path("value").asLong(Long.MIN_VALUE));
    }
    return watermarks.size() == 0 || least <= 0 ? OptionalLong.empty() : OptionalLong.of(least);
  }

  Checkpoints checkpoints() throws IOException, InterruptedException {
    JsonNode all = get("/jobs/" + job + "/checkpoints");
    JsonNode newest = all.path("latest").path("completed");
    return new Checkpoints(
        all.path("counts").path("completed").asLong(),
        all.path("counts").path("failed").asLong(),
        newest.path("state_size").asLong(),
        newest.path("end_to_end_duration").asLong(),
        all.path("summary").path("end_to_end_duration").path("max").asLong());
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofSeconds(30)).build();
    HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IOException(request.uri() + " answers " + response.statusCode());
    }
    return JSON.readTree(response.body());
  }
}
