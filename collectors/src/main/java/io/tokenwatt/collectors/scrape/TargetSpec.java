package io.tokenwatt.collectors.scrape;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import okhttp3.HttpUrl;

/**
 * One exporter to scrape.
 *
 * @param name unique on its node; the engine's name in the record
 * @param url http or https, without credentials
 * @param kind the exporter's kind in the catalogue; empty = detected from its text
 * @param timeout for the whole exchange; empty = half a tick, which is also the most
 * @param adapters served name of an adapter (LoRA) to the name under which the engine serves its
 *     base
 */
public record TargetSpec(
    String name,
    HttpUrl url,
    Optional<String> kind,
    Optional<Duration> timeout,
    Access access,
    Map<String, String> adapters) {
  public TargetSpec {
    adapters = Map.copyOf(adapters);
  }

  /** One that serves no adapters under names of their own. */
  public TargetSpec(
      String name, HttpUrl url, Optional<String> kind, Optional<Duration> timeout, Access access) {
    this(name, url, kind, timeout, access, Map.of());
  }

  /** An open target whose kind is detected. */
  public static TargetSpec of(String name, String url) {
    return new TargetSpec(name, parse(url), Optional.empty(), Optional.empty(), Access.OPEN);
  }

  /** What {@link #parse} objected to, with the URL unless it may hold a password. */
  public static String problem(String url, IllegalArgumentException objection) {
    return objection.getMessage() + (url.contains("@") ? "" : ", got \"" + url + "\"");
  }

  /**
   * @throws IllegalArgumentException saying what is wrong with the URL, never repeating a password
   */
  public static HttpUrl parse(String url) {
    HttpUrl parsed = HttpUrl.parse(url);
    if (parsed == null) {
      throw new IllegalArgumentException("expected a URL such as http://127.0.0.1:9400/metrics");
    }
    if (!parsed.username().isEmpty() || !parsed.password().isEmpty()) {
      throw new IllegalArgumentException("credentials belong into basic, not into the URL");
    }
    return parsed;
  }
}
