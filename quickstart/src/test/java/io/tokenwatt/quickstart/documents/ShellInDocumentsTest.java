package io.tokenwatt.quickstart.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * What documents tell people to type, beside our own commands: the shell understands it, the
 * programs are known ones, and files of this repository are there.
 */
class ShellInDocumentsTest {
  private static final Pattern OF_A_COMMAND =
      Pattern.compile(
          "(?m)^ *(?:[A-Z_]+=\\S+ +|\\(|set -a; )*(awk|brew|cat|cd|clickhouse-client|cp|curl|deploy/\\S+|docker"
              + "|export|flink|gcloud|git|grep|head|install|jq|java|kafka-\\S+\\.sh|kubectl|mvn|npm|openssl"
              + "|osv-scanner|psql|rsync|sed|sudo|systemctl|trivy|umask|useradd|\\./tokenwatt|apt-get) ");
  private static final Pattern FILE =
      Pattern.compile(
          "(?<![\\w/.:-])((?:deploy|storage|docs|alerts|quickstart|collectors)/[\\w./-]*[\\w-])");
  private static final Pattern BUILT = Pattern.compile(".*/(target|node_modules)/.*|.*/\\.env");

  @Test
  void theShellUnderstandsEveryBlockOfCommands() throws Exception {
    List<String> wrong = new ArrayList<>();
    int read = 0;
    for (Document document : Document.all()) {
      for (String block : document.fenced()) {
        if (isOfCommands(block)) {
          read++;
          String problem = problem(block);
          if (!problem.isEmpty()) {
            wrong.add(document.name() + ": " + problem);
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(read).isGreaterThan(40);
  }

  @Test
  void everyFileOfOursThatACommandNamesIsThere() throws IOException {
    List<String> missing = new ArrayList<>();
    int read = 0;
    for (Document document : Document.all()) {
      for (String block : document.fenced()) {
        if (isOfCommands(block)) {
          for (String file : files(block)) {
            read++;
            if (!Files.exists(Document.ROOT.resolve(file)) && !BUILT.matcher(file).matches()) {
              missing.add(document.name() + ": " + file);
            }
          }
        }
      }
    }
    assertThat(missing).as("files that commands name and that are not there").isEmpty();
    assertThat(read).isGreaterThan(15);
  }

  @Test
  void whatIsWrongIsFound() throws Exception {
    assertThat(isOfCommands("kubectl get pods\n")).isTrue();
    assertThat(isOfCommands("kafka:\n  bootstrap: a:9092\n")).isFalse();
    assertThat(problem("echo 'open\n")).isNotEmpty();
    assertThat(problem("for a in b; do echo $a; done\n")).isEmpty();
    assertThat(files("kubectl apply -k deploy/kubernetes/overlays/whol\n"))
        .containsExactly("deploy/kubernetes/overlays/whol");
  }

  private static boolean isOfCommands(String block) {
    return OF_A_COMMAND.matcher(block).find();
  }

  private static List<String> files(String block) {
    return FILE.matcher(block).results().map(found -> found.group(1)).toList();
  }

  /** {@code bash -n} reads without running. A placeholder in angle brackets is a word. */
  private static String problem(String block) throws Exception {
    String text = block.replaceAll("<([a-z ]+)>", "word");
    Process process =
        new ProcessBuilder(Arrays.asList("bash", "-n")).redirectErrorStream(true).start();
    try (var in = process.getOutputStream()) {
      in.write(text.getBytes(StandardCharsets.UTF_8));
    }
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() == 0 ? "" : said;
  }
}
