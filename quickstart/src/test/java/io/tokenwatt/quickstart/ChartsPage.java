package io.tokenwatt.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tokenwatt.dashboards.builtin.DashboardChart;
import io.tokenwatt.quickstart.browser.Chromium;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The link to charts, as the quickstart prints it, opened in a real browser: each chart draws
 * numbers. Skipped by name where no browser is installed. The picture stays in target/charts.png.
 */
interface ChartsPage extends RunOfQuickstart {
  /** What the page knows of itself: its plots (uPlot) and the text of each chart's error. */
  String STATE =
      """
      (() => ({
        titles: queries.map(q => q.title),
        errors: [...document.querySelectorAll('.query-error')].map(e => e.innerText.trim()),
        global: document.getElementById('global-error').innerText.trim(),
        values: queries.map((q, i) => plots[i]
            ? plots[i].data.slice(1).flat().filter(v => v !== null && Number.isFinite(v)).length : 0)
      }))()""";

  @Test
  default void chartsOfTheLinkAreDrawnInABrowser(@TempDir Path profile) throws Exception {
    Path browser = Chromium.installed().orElse(null);
    assumeTrue(browser != null, "no Chromium on the PATH (Debian: apt-get install chromium)");
    List<String> titles =
        DashboardChart.all("tokenwatt").stream().map(DashboardChart::title).toList();
    try (Chromium chromium = Chromium.open(browser, profile, 1480, 1100)) {
      chromium.navigate(run().dashboardUrl());
      await("all charts drawn, or an error told")
          .atMost(Duration.ofSeconds(60))
          .ignoreExceptions()
          .until(() -> isSettled(chromium.evaluate(STATE), titles.size()));
      JsonNode state = chromium.evaluate(STATE);
      Files.write(Path.of("target", "charts.png"), chromium.screenshot());
      assertThat(texts(state.get("titles"))).isEqualTo(titles);
      assertThat(state.get("global").textValue()).as("an error of the page").isEmpty();
      assertThat(texts(state.get("errors")))
          .as("errors of charts")
          .hasSize(titles.size())
          .containsOnly("");
      for (int i = 0; i < titles.size(); i++) {
        assertThat(state.get("values").get(i).intValue()).as(titles.get(i)).isPositive();
      }
    }
  }

  private static boolean isSettled(JsonNode state, int charts) {
    long drawn =
        StreamSupport.stream(state.get("values").spliterator(), false)
            .filter(values -> values.intValue() > 0)
            .count();
    return state.get("titles").size() == charts
        && (drawn == charts
            || !state.get("global").textValue().isEmpty()
            || texts(state.get("errors")).stream().anyMatch(text -> !text.isEmpty()));
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::textValue).toList();
  }
}
