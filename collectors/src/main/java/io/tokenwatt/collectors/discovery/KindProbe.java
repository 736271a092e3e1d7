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
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Asks an address once which exporter answers there. Thread-safe. */
public final class KindProbe {
  private static final Duration TIMEOUT = Duration.ofSeconds(2);
  private static final int LIMIT = 16 << 20;

  private final ScrapeClient client;
  private final ExporterCatalogue catalogue;

  public KindProbe(ScrapeClient client, ExporterCatalogue catalogue) {
    this.client = client;
    this.catalogue = catalogue;
  }

  /** Empty where nothing answers in time, or nothing that is known. Never fails. */
  public CompletableFuture<Optional<Exporter>> ask(TargetSpec target) {
    CompletableFuture<Optional<Exporter>> answer = new CompletableFuture<>();
    client
        .scraper(target, TIMEOUT, LIMIT)
        .start(
            new ScrapeListener() {
              @Override
              public void scraped(Body body) {
                answer.complete(recognise(body));
              }

              @Override
              public void failed(Failure failure) {
                answer.complete(Optional.empty());
              }
            });
    return answer;
  }

  private Optional<Exporter> recognise(Body body) {
    ExpositionFormat format = ExpositionFormat.ofContentType(body.contentType());
    return catalogue.detect(ExpositionParser.parse(body.bytes(), body.length(), format));
  }
}
