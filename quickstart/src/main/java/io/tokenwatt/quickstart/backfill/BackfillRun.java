package io.tokenwatt.quickstart.backfill;

import io.tokenwatt.collectors.backfill.Backfill;
import io.tokenwatt.collectors.publish.KafkaSpec;
import io.tokenwatt.embedded.EmbeddedKafka;
import io.tokenwatt.embedded.KafkaOptions;
import io.tokenwatt.jobs.efficiency.BackfillJob;
import io.tokenwatt.storage.Store;
import io.tokenwatt.storage.backfill.BackfillStore;
import io.tokenwatt.storage.backfill.BackfillWindows;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * One backfill: history → Kafka → job → store, then what it stands beside is put right. Broken off
 * at any instant, the same command goes on; run again after its end it replaces what it wrote.
 */
final class BackfillRun {
  private final BackfillConfig config;
  private final BackfillSpan span;
  private final Path work;
  private final PrintWriter out;

  /**
   * @param work for the Kafka of its own and for checkpoints; kept until the run has ended well
   */
  BackfillRun(BackfillConfig config, BackfillSpan span, Path work, PrintWriter out) {
    this.config = config;
    this.span = span;
    this.work = work;
    this.out = out;
  }

  void run() throws Exception {
    try (Store store = new Store(config.store())) {
      BackfillStore tables = new BackfillStore(store);
      checkReach(tables);
      BackfillWindows windows = tables.windows(span.fromMs(), span.toMs());
      windows
          .liveWindows()
          .forEach(
              (scope, n) ->
                  say(
                      "%s was observed live in %d windows of 10 s; they stay as they are",
                      scope, n));
      Files.createDirectories(work);
      if (config.bootstrap().isEmpty()) {
        try (EmbeddedKafka kafka =
            EmbeddedKafka.start(KafkaOptions.keptIn(work.resolve("kafka")))) {
          through(kafka.bootstrapServers(), tables, windows);
        }
      } else {
        through(config.bootstrap(), tables, windows);
      }
      delete(work);
    }
  }

  private void checkReach(BackfillStore tables) {
    Instant reach = Instant.now().minus(tables.reach());
    if (span.fromMs() < reach.toEpochMilli()) {
      throw new IllegalArgumentException(
          "10 s rows before %s are not kept long enough to be rolled up. Start later, or run ./tokenwatt schema apply --keep-10s-days %d first."
              .formatted(
                  reach,
                  Duration.between(Instant.ofEpochMilli(span.fromMs()), Instant.now()).toDays()
                      + 3));
    }
  }

  private void through(String bootstrap, BackfillStore tables, BackfillWindows windows)
      throws Exception {
    publish(bootstrap);
    int epoch = tables.nextEpoch(windows);
    say("metering (epoch %d) …", epoch);
    BackfillJob.run(
        bootstrap,
        span.topic(),
        config.kafkaProperties(),
        config.store(),
        windows,
        epoch,
        Runtime.getRuntime().availableProcessors(),
        work.resolve("checkpoints"));
    tables.retire(windows, epoch);
    say("rolling up …");
    tables.rollUp();
    List<String> summary = tables.summary(windows, epoch);
    summary.forEach(line -> say("%s", line));
    if (summary.isEmpty()) {
      say("nothing was written: no readings in the span, or all of it was observed live");
    }
  }

  private void publish(String bootstrap) {
    KafkaSpec kafka = new KafkaSpec(bootstrap, span.topic(), config.kafkaProperties());
    ProgressLine line = new ProgressLine(System.nanoTime());
    try (Backfill backfill = new Backfill(config.source(), kafka)) {
      Backfill.Summary read =
          backfill.run(span.fromMs(), span.toMs(), p -> say("%s", line.of(p, System.nanoTime())));
      say("read %d records of %d nodes", read.records(), read.nodes().size());
      if (read.homeless() > 0) {
        say(
            "up to %d series an hour name no node and were left out; --plan shows which are read",
            read.homeless());
      }
      read.rejects().forEach((reason, n) -> say("%d readings not believed: %s", n, reason));
    }
  }

  private void say(String format, Object... arguments) {
    out.println("backfill: " + String.format(java.util.Locale.ROOT, format, arguments));
    out.flush();
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
