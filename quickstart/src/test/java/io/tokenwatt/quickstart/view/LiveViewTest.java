package io.tokenwatt.quickstart.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveViewTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  @Test
  void aTerminalIsClearedOnceAndThenDrawnOver() {
    LiveView view = new LiveView(out, LiveView.Format.TERMINAL);
    view.show(frame(Rows.healthy(), Rows.slowSource()));
    view.show(frame(Rows.healthy()));
    assertThat(text())
        .startsWith("\u001b[2J\u001b[H")
        .containsOnlyOnce("\u001b[2J")
        .endsWith("\u001b[J");
    assertThat(text().split("\u001b\\[H", -1)).hasSize(3);
  }

  @Test
  void aFileGetsBlocksWithoutEscapes() {
    LiveView view = new LiveView(out, LiveView.Format.PLAIN);
    view.show(frame(Rows.healthy()));
    view.show(frame(Rows.healthy()));
    assertThat(text()).doesNotContain("\u001b").endsWith(System.lineSeparator().repeat(2));
    assertThat(text().split("Tokenwatt:", -1)).hasSize(3);
  }

  @Test
  void jsonGivesEachRowOnceAndNullForWhatIsNotKnown() {
    LiveView view = new LiveView(out, LiveView.Format.JSON);
    view.show(frame(Rows.healthy(), Rows.slowSource()));
    view.show(frame(Rows.healthy(), Rows.slowSource()));
    assertThat(text().lines())
        .containsExactly(
            "{\"window_end\":\"2026-11-21T05:34:10Z\",\"region\":\"eu-central\",\"hardware\":\"H100-SXM-80GB\",\"model\":\"qwen3-32b\",\"output_tokens_per_joule\":null,\"computed_prompt_tokens_per_joule\":null,\"joules_per_request\":null,\"usd_per_mtok_output_active\":null,\"example_prices\":true,\"p95_ttft_engine_s\":1.4716,\"p95_ttft_engine_s_lo_saturated\":null,\"output_tokens_per_s\":1432.8,\"prompt_tokens_per_s\":null,\"watts\":null,\"coverage\":1.0,\"reasons\":[\"source_period\"]}",
            "{\"window_end\":\"2026-11-21T05:34:10Z\",\"region\":\"us-east\",\"hardware\":\"H100-SXM-80GB\",\"model\":\"llama-3.1-8b-instruct\",\"output_tokens_per_joule\":2.5174,\"computed_prompt_tokens_per_joule\":null,\"joules_per_request\":67.31,\"usd_per_mtok_output_active\":0.41226,\"example_prices\":true,\"p95_ttft_engine_s\":0.0671,\"p95_ttft_engine_s_lo_saturated\":null,\"output_tokens_per_s\":4398.6,\"prompt_tokens_per_s\":null,\"watts\":1743.2,\"coverage\":0.99961,\"reasons\":[]}");
  }

  private static LiveFrame frame(LiveRow... rows) {
    return new LiveFrame(List.of(rows), 10, Instant.ofEpochSecond(Rows.END + 7));
  }

  private String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
