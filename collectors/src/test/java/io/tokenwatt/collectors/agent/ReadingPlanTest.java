package io.tokenwatt.collectors.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.collectors.exporters.Exporter;
import io.tokenwatt.collectors.exporters.ExporterCatalogue;
import io.tokenwatt.collectors.exporters.ReadingPlan;
import io.tokenwatt.collectors.exporters.TargetReading;
import io.tokenwatt.collectors.exposition.Exposition;
import io.tokenwatt.collectors.exposition.ExpositionFormat;
import io.tokenwatt.collectors.exposition.ExpositionParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A page that is read by its values alone says exactly what it says when it is read whole. */
class ReadingPlanTest {
  private static final ExpositionFormat TEXT = ExpositionFormat.PROMETHEUS_TEXT;
  private static final Path CORPUS =
      Path.of(System.getProperty("tokenwatt.root", "..")).resolve("../shared/corpus/exporters");
  private static final List<String> ODD =
      List.of("NaN", "-1", "0.5", "1e30", "+Inf", "-0.0", "9223372036854775794", "1 17", "", "x");

  /** What is added (kinds of requests), and what repeats one reading (tensor-parallel ranks). */
  private static final String SPLIT =
      """
      sglang:num_running_reqs{model_name="m",tp_rank="0"} 3
      sglang:num_running_reqs{model_name="m",tp_rank="1"} 4
      sglang:generation_tokens_total{model_name="m",tp_rank="0"} 700
      sglang:generation_tokens_total{model_name="m",tp_rank="1"} 900
      sglang:time_to_first_token_seconds_bucket{model_name="m",is_streaming="true",le="1.0"} 200
      sglang:time_to_first_token_seconds_bucket{model_name="m",is_streaming="true",le="+Inf"} 300
      sglang:time_to_first_token_seconds_sum{model_name="m",is_streaming="true"} 150.5
      sglang:time_to_first_token_seconds_bucket{model_name="m",is_streaming="false",le="1.0"} 400
      sglang:time_to_first_token_seconds_bucket{model_name="m",is_streaming="false",le="+Inf"} 500
      sglang:time_to_first_token_seconds_sum{model_name="m",is_streaming="false"} 250
      """;

  private final ExporterCatalogue catalogue = ExporterCatalogue.standard();
  private final long seed = Long.getLong("tokenwatt.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private int byPlan;
  private int refused;

  @Test
  void changedValuesAreReadAsAWholePageIs() throws IOException {
    System.out.println("ReadingPlanTest -Dtokenwatt.seed=" + seed);
    List<String> pages = pages();
    for (int i = 0; i < 6_000; i++) {
      follow(pages.get(random.nextInt(pages.size())));
    }
    System.out.println("read by plan " + byPlan + ", plan refused " + refused);
    assertThat(byPlan).isGreaterThan(1_000);
    assertThat(refused).isGreaterThan(100);
  }

  /** One target over a few scrapes, as the agent does it. */
  private void follow(String first) {
    ExpositionParser parser = new ExpositionParser();
    Exposition learned = parser.read(bytes(first), bytes(first).length, TEXT);
    Exporter exporter = catalogue.detect(learned).orElseThrow();
    Optional<ReadingPlan> plan = exporter.learn(learned, "t1").plan();
    String page = first;
    for (int scrape = 0; scrape < 3; scrape++) {
      page = changed(page);
      byte[] body = bytes(page);
      TargetReading whole = exporter.read(ExpositionParser.parse(body, body.length, TEXT), "t1");
      double[] values = parser.valuesIfAlike(body, body.length, TEXT);
      if (values == null || plan.isEmpty()) {
        return;
      }
      Optional<TargetReading> read = plan.get().read(values);
      byPlan += read.isPresent() ? 1 : 0;
      refused += read.isPresent() ? 0 : 1;
      assertThat(read.orElse(whole)).as("seed %d, page:%n%s", seed, page).isEqualTo(whole);
    }
  }

  /** Other values in some lines, now and then an odd one. */
  private String changed(String page) {
    StringBuilder next = new StringBuilder();
    int changes = 1 + random.nextInt(8);
    String[] lines = page.split("\n", -1);
    for (String line : lines) {
      int blank = line.lastIndexOf(' ');
      boolean touched =
          blank > 0 && !line.startsWith("#") && random.nextInt(lines.length) < changes;
      next.append(touched ? line.substring(0, blank + 1) + value(line.substring(blank + 1)) : line);
      next.append('\n');
    }
    next.setLength(next.length() - 1);
    return next.toString();
  }

  private String value(String before) {
    if (random.nextInt(40) == 0) {
      return ODD.get(random.nextInt(ODD.size()));
    }
    try {
      double number = Double.parseDouble(before);
      return random.nextBoolean()
          ? Double.toString(number + random.nextInt(5))
          : Long.toString(Math.round(number) + random.nextInt(3) - random.nextInt(2));
    } catch (NumberFormatException e) {
      return before;
    }
  }

  private List<String> pages() throws IOException {
    List<String> pages = new ArrayList<>();
    pages.add(SPLIT);
    pages.add(new BusyNode(seed).dcgm());
    pages.add(new BusyNode(seed).vllm());
    pages.add(new BusyNode(seed).vllm() + "process_start_time_seconds 1.7e9\n");
    if (Files.isDirectory(CORPUS)) {
      try (Stream<Path> files = Files.list(CORPUS)) {
        for (Path file : files.sorted().toList()) {
          pages.add(Files.readString(file));
        }
      }
    }
    pages.removeIf(
        page ->
            catalogue
                .detect(ExpositionParser.parse(bytes(page), bytes(page).length, TEXT))
                .isEmpty());
    return pages;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
