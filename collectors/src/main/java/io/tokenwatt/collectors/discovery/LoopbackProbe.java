package io.tokenwatt.collectors.discovery;

import io.tokenwatt.collectors.exporters.Exporter;
import io.tokenwatt.collectors.exporters.ExporterCatalogue;
import io.tokenwatt.collectors.exposition.ExpositionFormat;
import io.tokenwatt.collectors.exposition.ExpositionParser;
import io.tokenwatt.collectors.scrape.Body;
import io.tokenwatt.collectors.scrape.Failure;
import io.tokenwatt.collectors.scrape.ScrapeClient;
import io.tokenwatt.collectors.scrape.ScrapeListener;
import io.tokenwatt.collectors.scrape.TargetSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import okhttp3.HttpUrl;

/** Asks the ports of this machine where the catalogue's exporters usually listen. */
public final class LoopbackProbe {
  private static final Duration TIMEOUT = Duration.ofSeconds(2);
  private static final int LIMIT = 16 << 20;

  private final ExporterCatalogue catalogue;

  public LoopbackProbe(ExporterCatalogue catalogue) {
    this.catalogue = catalogue;
  }

  /** Every exporter that answers and is known, by port; its name is its kind and port. */
  public List<TargetSpec> find() {
    TreeSet<String> urls = new TreeSet<>();
    for (Exporter exporter : catalogue.all()) {
      if (exporter.defaultPort() > 0) {
        urls.add("http://127.0.0.1:" + exporter.defaultPort() + exporter.path());
      }
    }
    return find(List.copyOf(urls));
  }

  List<TargetSpec> find(List<String> urls) {
    try (ScrapeClient client = new ScrapeClient()) {
      List<CompletableFuture<Optional<TargetSpec>>> answers =
          urls.stream().map(TargetSpec::parse).map(url -> probe(client, url)).toList();
      List<TargetSpec> found = new ArrayList<>();
      answers.forEach(answer -> answer.join().ifPresent(found::add));
      return found;
    }
  }

  private CompletableFuture<Optional<TargetSpec>> probe(ScrapeClient client, HttpUrl url) {
    CompletableFuture<Optional<TargetSpec>> answer = new CompletableFuture<>();
    TargetSpec target = TargetSpec.of(url.toString(), url.toString());
    client
        .scraper(target, TIMEOUT, LIMIT)
        .start(
            new ScrapeListener() {
              @Override
              public void scraped(Body body) {
                answer.complete(recognise(url, body));
              }

              @Override
              public void failed(Failure failure) {
                answer.complete(Optional.empty());
              }
            });
    return answer;
  }

  private Optional<TargetSpec> recognise(HttpUrl url, Body body) {
    ExpositionFormat format = ExpositionFormat.ofContentType(body.contentType());
    return catalogue
        .detect(ExpositionParser.parse(body.bytes(), body.length(), format))
        .map(Exporter::kind)
        .map(
            kind -> {
              TargetSpec named = TargetSpec.of(kind + "-" + url.port(), url.toString());
              return new TargetSpec(
                  named.name(), named.url(), Optional.of(kind), Optional.empty(), named.access());
            });
  }
}
