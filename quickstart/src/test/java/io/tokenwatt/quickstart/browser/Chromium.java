package io.tokenwatt.quickstart.browser;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * One page in a real, headless Chromium, driven by its DevTools protocol. Needs no library and no
 * driver, only the browser (Debian: chromium). Not thread-safe.
 */
public final class Chromium implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process process;
  private final DevTools page;

  private Chromium(Process process, DevTools page) {
    this.process = process;
    this.page = page;
  }

  /** The browser's path, where one is installed. */
  public static Optional<Path> installed() {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * @param profile an empty folder; the browser's files go there
   */
  public static Chromium open(Path browser, Path profile, int width, int height)
      throws IOException {
    Process process =
        new ProcessBuilder(
                browser.toString(),
                "--headless=new",
                "--no-sandbox", // it refuses to run as root otherwise; only our own page is opened
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--hide-scrollbars",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "--window-size=" + width + "," + height,
                "about:blank")
            .redirectErrorStream(true)
            .redirectOutput(profile.resolve("chromium.log").toFile())
            .start();
    try {
      Path told = profile.resolve("DevToolsActivePort");
      await("Chromium's port").atMost(PATIENCE).until(() -> Files.exists(told) && port(told) > 0);
      return new Chromium(process, DevTools.connect(pageAddress(port(told))));
    } catch (RuntimeException | IOException e) {
      process.destroyForcibly();
      throw e;
    }
  }

  public void navigate(URI address) {
    page.call("Page.navigate", JSON.createObjectNode().put("url", address.toString()));
  }

  /**
   * The value of an expression of JavaScript, awaited if it is a promise.
   *
   * @throws IllegalStateException if it throws
   */
  public JsonNode evaluate(String expression) {
    JsonNode answer =
        page.call(
            "Runtime.evaluate",
            JSON.createObjectNode()
                .put("expression", expression)
                .put("returnByValue", true)
                .put("awaitPromise", true));
    if (answer.has("exceptionDetails")) {
      throw new IllegalStateException(expression + ": " + answer.get("exceptionDetails"));
    }
    return answer.path("result").path("value");
  }

  /** What the window shows, as PNG. */
  public byte[] screenshot() {
    JsonNode answer =
        page.call("Page.captureScreenshot", JSON.createObjectNode().put("format", "png"));
    return Base64.getDecoder().decode(answer.get("data").textValue());
  }

  @Override
  public void close() {
    page.close();
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static int port(Path told) {
    try {
      String first = Files.readString(told).lines().findFirst().orElse("");
      return first.matches("\\d+") ? Integer.parseInt(first) : 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static URI pageAddress(int port) throws IOException {
    for (JsonNode target :
        JSON.readTree(URI.create("http://127.0.0.1:" + port + "/json/list").toURL())) {
      if (target.get("type").textValue().equals("page")) {
        return URI.create(target.get("webSocketDebuggerUrl").textValue());
      }
    }
    throw new IOException("Chromium has no page");
  }
}
