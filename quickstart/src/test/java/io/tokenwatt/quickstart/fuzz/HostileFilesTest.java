package io.tokenwatt.quickstart.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.alerts.run.RunYaml;
import io.tokenwatt.config.ConfigException;
import io.tokenwatt.config.ConfigReader;
import io.tokenwatt.config.Section;
import io.tokenwatt.embedded.fuzz.FuzzRun;
import io.tokenwatt.embedded.fuzz.Spoiler;
import io.tokenwatt.jobs.efficiency.JobConfig;
import io.tokenwatt.storage.load.LoadedCsv;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever stands in a file that people write: it is read, or refused with a list of problems. */
class HostileFilesTest {
  private static final Path ROOT = Path.of(System.getProperty("tokenwatt.root"));
  private static final List<String> WORDS =
      List.of(
          ": ",
          "- ",
          "{",
          "}",
          "[",
          "]",
          "&a ",
          "*a",
          "!!",
          "|",
          ">",
          "\"",
          "'",
          "#",
          "---\n",
          "? ",
          "<<: ",
          "\t",
          "${env:X}",
          "${file:/}",
          "${",
          "~",
          "1e999",
          "-1",
          "99999999999999",
          "0x1",
          "1d",
          "10ms",
          ",",
          ";",
          "2026-02-30",
          "\r\n",
          "\u0085");

  @TempDir Path folder;

  private <T> void yaml(String name, String file, long executions, Function<Section, T> shape)
      throws Exception {
    String good = Files.readString(ROOT.resolve(file));
    Spoiler spoiler =
        Spoiler.ofText(FuzzRun.seed(), List.of(good, good.replaceAll("(?m)^#\\+", "")), WORDS);
    ConfigReader reader = ConfigReader.of("TOKENWATT_FUZZ", Map.of("CLICKHOUSE_PASSWORD", "x"));
    new FuzzRun(name, executions)
        .over(
            spoiler::input,
            input -> {
              try {
                reader.read("fuzz.yaml", input, folder, shape);
              } catch (ConfigException refused) {
                assertThat(refused.problems()).isNotEmpty();
              }
            });
  }

  @Test
  void spoiltJobFilesAreReadOrRefusedWithTheirProblems() throws Exception {
    yaml("jobs-yaml", "deploy/single-host/jobs.yaml", 300, JobConfig::of);
  }

  @Test
  void spoiltAlertFilesAreReadOrRefusedWithTheirProblems() throws Exception {
    Path file = folder.resolve("alerts.yaml");
    Files.writeString(
        file,
        """
        clickhouse: {url: "http://127.0.0.1:8123", user: reader}
        receivers:
          pager: {kind: pagerduty, routing_key: "${env:CLICKHOUSE_PASSWORD}"}
          chat: {kind: slack, url: "${env:CLICKHOUSE_PASSWORD}"}
        routes: {page: [pager], ticket: [chat]}
        lease: 30s
        """);
    // Few: each reads the shipped rules too.
    yaml("alerts-yaml", file.toString(), 60, RunYaml::config);
  }

  @Test
  void spoiltPriceFilesAreReadOrRefusedLineByLine() throws IOException, InterruptedException {
    List<String> good =
        List.of(
            "provider,region,hardware,purchase_option,effective_from,per_gpu_hour\nacme,eu,H100,reserved,2026-01-01,3.6\n",
            "commitment,provider,region,hardware,purchase_option,boards,per_gpu_hour,starts,ends\nc-1,acme,eu,H100,reserved,9,3.6,2026-01-01,2100-01-01\n",
            "provider,model,effective_from,per_mtok_prompt,per_mtok_cached,per_mtok_output\ntokens-inc,*,2026-01-01,1,1,1\n",
            Files.readString(
                ROOT.resolve(
                    "quickstart/src/main/resources/io/tokenwatt/quickstart/example-slos.csv")));
    Spoiler spoiler = Spoiler.ofText(FuzzRun.seed(), good, WORDS);
    new FuzzRun("price-files", 10_000)
        .over(
            spoiler::input,
            input -> {
              List<String> lines = new String(input, StandardCharsets.UTF_8).lines().toList();
              LoadedCsv.Result read = LoadedCsv.read("prices.csv", lines);
              assertThat(read.rows().size()).isLessThan(lines.size() + 1);
            });
  }
}
