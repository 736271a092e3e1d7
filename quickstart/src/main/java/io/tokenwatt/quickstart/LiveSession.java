package io.tokenwatt.quickstart;

import io.tokenwatt.quickstart.view.LiveFrame;
import io.tokenwatt.quickstart.view.LiveQuery;
import io.tokenwatt.quickstart.view.LiveRow;
import io.tokenwatt.quickstart.view.LiveView;
import io.tokenwatt.storage.Store;
import io.tokenwatt.storage.StoreException;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows the last minute again and again until time is up or somebody interrupts, then a summary.
 */
final class LiveSession {
  private static final Logger LOG = LoggerFactory.getLogger(LiveSession.class);
  private static final long REFRESH_MS = 5_000;
  private static final long POLL_MS = 250;
  private static final int WINDOW_S = 60;

  private final Quickstart quickstart;
  private final QuickstartOptions options;
  private final Progress progress;

  LiveSession(Quickstart quickstart, QuickstartOptions options, Progress progress) {
    this.quickstart = quickstart;
    this.options = options;
    this.progress = progress;
  }

  void run(CountDownLatch interrupted) throws InterruptedException, IOException {
    new Links(quickstart).print(progress);
    long endNanos =
        options.length().map(length -> System.nanoTime() + length.toNanos()).orElse(Long.MAX_VALUE);
    LiveView view = LiveView.standard(options.json());
    double firstRowS = -1;
    try (Store store = new Store(quickstart.store())) {
      Optional<Rehearsal> rehearsal = rehearsal(store, view);
      try {
        LiveQuery query = new LiveQuery(store, WINDOW_S);
        while (System.nanoTime() < endNanos) {
          List<LiveRow> rows = read(query);
          if (!rows.isEmpty()) {
            if (firstRowS < 0) {
              firstRowS = progress.seconds();
              progress.say("first rows; the table follows every %d s", REFRESH_MS / 1000);
              watch(view, rehearsal);
            }
            view.show(new LiveFrame(rows, WINDOW_S, Instant.now()));
          }
          if (interrupted.await(firstRowS < 0 ? POLL_MS : REFRESH_MS, TimeUnit.MILLISECONDS)) {
            break;
          }
        }
        rehearsal.ifPresent(Rehearsal::explainSilence);
        new Summary(store).print(progress, firstRowS);
      } finally {
        rehearsal.ifPresent(Rehearsal::close);
      }
    }
  }

  private void watch(LiveView view, Optional<Rehearsal> rehearsal) throws IOException {
    Alerting alerting =
        quickstart.alert(
            text -> {
              view.tell(stamped("told to PagerDuty") + "\n" + text);
              if (text.contains("efficiency-regression-page")) {
                rehearsal.ifPresent(Rehearsal::paged);
              }
            });
    progress.say("alerts: rules are evaluated; pages go to %s and are shown here", alerting.url());
  }

  private Optional<Rehearsal> rehearsal(Store store, LiveView view) {
    if (options.rehearseAfter().isEmpty() || quickstart.fleet().isEmpty()) {
      return Optional.empty();
    }
    Verdicts verdicts =
        new Verdicts(store, Rehearsal.REGION, Rehearsal.HARDWARE, Rehearsal.PAGE_USD_PER_DAY);
    return Optional.of(
        Rehearsal.after(
            options.rehearseAfter().get(),
            quickstart.fleet().get(),
            verdicts,
            line -> view.tell(stamped(line))));
  }

  private String stamped(String text) {
    return "[%5.1f s] %s".formatted(progress.seconds(), text);
  }

  private static List<LiveRow> read(LiveQuery query) {
    try {
      return query.read();
    } catch (StoreException e) {
      LOG.warn("the view does not answer: {}", e.getMessage());
      return List.of();
    }
  }
}
