package io.tokenwatt.storage.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SpanTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:10:00Z");

  @Test
  void daysAndTimesAreWholeUtcHours() {
    Span days = span("2026-11-01", "2026-11-02", null);
    assertThat(days.since()).isEqualTo("2026-11-01T00:00:00Z");
    assertThat(days.hours()).isEqualTo(24);
    Span times = span("2026-11-01T10:59:59Z", "2026-11-01T11:00:01Z", null);
    assertThat(times.since()).isEqualTo("2026-11-01T10:00:00Z");
    assertThat(times.until()).isEqualTo("2026-11-01T12:00:00Z");
  }

  @Test
  void nothingSaidIsThirtyDaysUpToTheRunningHour() {
    Span usual = span(null, null, null);
    assertThat(usual.until()).isEqualTo("2026-11-21T13:00:00Z");
    assertThat(usual.since()).isEqualTo("2026-10-22T12:00:00Z");
    assertThat(span(null, "2026-11-02", "2d").since()).isEqualTo("2026-10-31T00:00:00Z");
  }

  @Test
  void whatIsWrongNamesItsOption() {
    assertThatThrownBy(() -> span("yesterday", null, null)).hasMessageContaining("--from is");
    assertThatThrownBy(() -> span(null, null, "1w")).hasMessageContaining("--last is");
    assertThatThrownBy(() -> span("2026-11-01", null, "1d")).hasMessageContaining("not both");
    assertThatThrownBy(() -> span("2026-11-02", "2026-11-01", null))
        .hasMessageContaining("is not before");
  }

  private static Span span(String from, String to, String last) {
    return Span.of(
        Optional.ofNullable(from), Optional.ofNullable(to), Optional.ofNullable(last), NOW);
  }
}
