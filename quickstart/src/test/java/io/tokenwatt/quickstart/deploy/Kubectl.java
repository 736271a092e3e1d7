package io.tokenwatt.quickstart.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** {@code kubectl kustomize}: what a person would apply. Needs no cluster. */
final class Kubectl {
  static final Path FOLDER = Path.of(System.getProperty("tokenwatt.root"), "deploy", "kubernetes");

  private static final Map<String, List<Manifest>> RENDERED = new ConcurrentHashMap<>();

  private Kubectl() {}

  /**
   * @param folder below deploy/kubernetes
   */
  static List<Manifest> kustomize(String folder) {
    return RENDERED.computeIfAbsent(folder, name -> Manifest.all(render(FOLDER.resolve(name))));
  }

  private static String render(Path folder) {
    boolean there =
        Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(entry -> Files.isExecutable(Path.of(entry, "kubectl")));
    assumeTrue(there, "no kubectl on the PATH: nothing is rendered");
    // Components came with kustomize 4; Debian 12's kubectl 1.20 holds kustomize 2.
    assumeTrue(
        Pattern.compile("Kustomize Version: v([4-9]|\\d\\d)")
            .matcher(run("kubectl", "version", "--client"))
            .find(),
        "kubectl on the PATH is older than 1.24: nothing is rendered");
    return run("kubectl", "kustomize", folder.toString());
  }

  private static String run(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      // A version that does not know its options is told by what it says.
      boolean asked = command[1].equals("version");
      assertThat(process.waitFor() == 0 || asked).as(out).isTrue();
      return out;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
