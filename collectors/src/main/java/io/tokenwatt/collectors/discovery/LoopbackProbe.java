package io.tokenwatt.collectors.discovery;

import io.tokenwatt.collectors.exporters.Exporter;
import io.tokenwatt.collectors.exporters.ExporterCatalogue;
import io.tokenwatt.collectors.scrape.ScrapeClient;
import io.tokenwatt.collectors.scrape.TargetSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import okhttp3.HttpUrl;

/** Asks the ports of this machine where the catalogue's exporters usually listen. */
public final class LoopbackProbe {
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
      KindProbe asking = new KindProbe(client, catalogue);
      List<CompletableFuture<Optional<TargetSpec>>> answers =
          urls.stream().map(TargetSpec::parse).map(url -> probe(asking, url)).toList();
      List<TargetSpec> found = new ArrayList<>();
      answers.forEach(answer -> answer.join().ifPresent(found::add));
      return found;
    }
  }

  private static CompletableFuture<Optional<TargetSpec>> probe(KindProbe probe, HttpUrl url) {
    return probe
        .ask(TargetSpec.of(url.toString(), url.toString()))
        .thenApply(found -> found.map(Exporter::kind).map(kind -> target(kind, url)));
  }

  private static TargetSpec target(String kind, HttpUrl url) {
    TargetSpec named = TargetSpec.of(kind + "-" + url.port(), url.toString());
    return new TargetSpec(
        named.name(), named.url(), Optional.of(kind), Optional.empty(), named.access());
  }
}
