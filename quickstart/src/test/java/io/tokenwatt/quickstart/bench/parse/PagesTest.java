package io.tokenwatt.quickstart.bench.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.quickstart.bench.page.BoardPage;
import io.tokenwatt.quickstart.bench.page.EnginePage;
import org.junit.jupiter.api.Test;

/** The benchmark's own check, on what it times. */
class PagesTest {
  @Test
  void enginePageIsReadRightBothWaysAndHasItsSeries() {
    Pages pages = Pages.of(EnginePage::at);
    assertThat(pages.samples()).isEqualTo(EnginePage.SERIES);
    pages.check();
  }

  @Test
  void boardPageIsReadRightBothWaysAndHasItsSeries() {
    Pages pages = Pages.of(BoardPage::at);
    assertThat(pages.samples()).isEqualTo(BoardPage.SERIES);
    pages.check();
  }
}
