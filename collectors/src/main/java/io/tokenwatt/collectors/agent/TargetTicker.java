package io.tokenwatt.collectors.agent;

import io.tokenwatt.collectors.exporters.Exporter;
import io.tokenwatt.collectors.exporters.ExporterCatalogue;
import io.tokenwatt.collectors.exporters.ReadingPlan;
import io.tokenwatt.collectors.exporters.TargetReading;
import io.tokenwatt.collectors.exposition.Exposition;
import io.tokenwatt.collectors.exposition.ExpositionFormat;
import io.tokenwatt.collectors.exposition.ExpositionParser;
import io.tokenwatt.collectors.http.Health;
import io.tokenwatt.collectors.scrape.Body;
import io.tokenwatt.collectors.scrape.Failure;
import io.tokenwatt.collectors.scrape.FailureReason;
import io.tokenwatt.collectors.scrape.HttpScraper;
import io.tokenwatt.collectors.scrape.ScrapeException;
import io.tokenwatt.collectors.scrape.ScrapeListener;
import io.tokenwatt.collectors.scrape.TargetSpec;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One target of a node: scrapes, parses, reads; counts and logs how it went. One scrape at a time.
 */
final class TargetTicker {
  private static final Logger LOG = LoggerFactory.getLogger(TargetTicker.class);

  private static final int SCRAPES_PER_DETECTION = 60;

  /** How a scrape ended: exactly one of the two. */
  record Outcome(Optional<TargetReading> reading, Optional<Failure> failure) {}

  private final TargetSpec target;
  private final HttpScraper scraper;
  private final ExporterCatalogue catalogue;
  private final TargetTally tally;
  private final String component;
  private final Health health;

  /** Remembers the last page; a target is never scraped twice at once. */
  private final ExpositionParser parser = new ExpositionParser();

  /** Reads a page of the series of the page before by its values. */
  private Optional<ReadingPlan> plan = Optional.empty();

  private Exposition lastPage;
  private Optional<Exporter> exporter = Optional.empty();
  private int scrapesOfKind;
  private FailureReason lastReason;

  TargetTicker(
      String node,
      TargetSpec target,
      HttpScraper scraper,
      ExporterCatalogue catalogue,
      AgentTally tally,
      Health health) {
    this.target = target;
    this.scraper = scraper;
    this.catalogue = catalogue;
    this.tally = tally.of(node, target.name());
    this.component = "target " + node + "/" + target.name();
    this.health = health;
    health.declare(component(), false);
  }

  TargetSpec target() {
    return target;
  }

  /** Under this name in /healthz. */
  String component() {
    return component;
  }

  /** Starts a scrape; {@code done} is called exactly once, on another thread. */
  void start(Consumer<Outcome> done) {
    tally.started();
    scraper.start(
        new ScrapeListener() {
          @Override
          public void scraped(Body body) {
            done.accept(outcome(body));
          }

          @Override
          public void failed(Failure failure) {
            done.accept(failure(failure));
          }
        });
  }

  private Outcome outcome(Body body) {
    try {
      TargetReading reading = read(body);
      tally.read(reading);
      if (health.up(component())) {
        LOG.info("{}: {} answers as {}", component(), target.url(), reading.exporter());
      }
      return new Outcome(Optional.of(reading), Optional.empty());
    } catch (ScrapeException e) {
      return failure(e.failure());
    } catch (RuntimeException e) {
      LOG.error("{}: a bug of ours, please report it", component(), e);
      return failure(new Failure(FailureReason.INTERNAL, e.toString()));
    }
  }

  private TargetReading read(Body body) throws ScrapeException {
    ExpositionFormat format = ExpositionFormat.ofContentType(body.contentType());
    Optional<TargetReading> again = again(body, format);
    if (again.isPresent()) {
      tally.parsed(lastPage);
      return again.get().withAdapters(target.adapters());
    }
    plan = Optional.empty();
    Exposition exposition = parser.read(body.bytes(), body.length(), format);
    tally.parsed(exposition);
    if (exposition.samples().isEmpty() && !exposition.rejects().isEmpty()) {
      throw new ScrapeException(
          FailureReason.NOT_EXPOSITION,
          "no line is a sample; the first says " + exposition.rejects().get(0).reason());
    }
    Exporter.Learned learned = exporter(exposition).learn(exposition, target.name());
    plan = learned.plan();
    lastPage = exposition;
    return learned.reading().withAdapters(target.adapters());
  }

  /** A page of the same series as the last one: of the same kind, its lines counted alike. */
  private Optional<TargetReading> again(Body body, ExpositionFormat format) {
    if (plan.isEmpty()) {
      return Optional.empty();
    }
    double[] values = parser.valuesIfAlike(body.bytes(), body.length(), format);
    return values == null ? Optional.empty() : plan.get().read(values);
  }

  // Looking through all names costs as much as reading: a kind once told is believed for a while.
  private Exporter exporter(Exposition exposition) throws ScrapeException {
    if (target.kind().isPresent()) {
      exporter = target.kind().flatMap(catalogue::byName);
    } else if (exporter.isEmpty() || scrapesOfKind >= SCRAPES_PER_DETECTION) {
      exporter = catalogue.detect(exposition);
      scrapesOfKind = 0;
    }
    scrapesOfKind++;
    return exporter.orElseThrow(
        () ->
            new ScrapeException(
                FailureReason.UNKNOWN_EXPORTER,
                "no exporter of the catalogue knows this text; set kind or add exporters_d"));
  }

  private Outcome failure(Failure failure) {
    // After an outage something else may listen there.
    exporter = Optional.empty();
    tally.failed(failure);
    boolean news = health.down(component(), failure.toString());
    if (news || failure.reason() != lastReason) {
      LOG.warn("{}: {}: {}", component(), target.url(), failure);
    }
    lastReason = failure.reason();
    return new Outcome(Optional.empty(), Optional.of(failure));
  }
}
