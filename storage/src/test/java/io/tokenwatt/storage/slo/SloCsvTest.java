package io.tokenwatt.storage.slo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SloCsvTest {
  @Test
  void aLineIsReadAndWrittenBack() {
    String line =
        "chat-ttft,Llama,interactive,gateway,ttft,0.5,0.99,30,team-a,2026-01-01T00:00:00Z,as agreed, in May";
    SloCsv.Result result = SloCsv.read("f", List.of("# comment", SloCsv.HEADER, "", line));
    assertThat(result.problems()).isEmpty();
    SloEntry entry = result.entries().get(0);
    assertThat(entry.targetS()).isEqualTo(0.5);
    assertThat(entry.objective()).isEqualTo(0.99);
    assertThat(entry.effectiveFrom()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
    assertThat(entry.note()).isEqualTo("as agreed, in May");
    assertThat(SloCsv.line(entry)).isEqualTo(line);
  }

  @Test
  void everyProblemIsToldWithItsLine() {
    String good = "a,,,gateway,ttft,1,0.9,30,,2026-01-01T00:00:00Z,";
    SloCsv.Result result =
        SloCsv.read(
            "f",
            List.of(
                SloCsv.HEADER,
                good,
                good,
                good.replace("gateway", "engine"),
                good.replace("ttft", "latency"),
                good.replace(",1,0.9", ",-1,0.9"),
                good.replace("0.9", "99"),
                good.replace("00:00:00Z", "00:30:00Z"),
                good.replace("2026-01-01T", "yesterday"),
                "a,b"));
    assertThat(result.entries()).hasSize(1);
    assertThat(result.problems())
        .hasSize(8)
        .anyMatch(p -> p.startsWith("f:3: the same slo and effective_from as line 2"))
        .anyMatch(p -> p.startsWith("f:4: vantage is gateway or client"))
        .anyMatch(p -> p.startsWith("f:5: measure is ttft, e2e or tpot"))
        .anyMatch(p -> p.startsWith("f:6: target_s"))
        .anyMatch(p -> p.startsWith("f:7: objective"))
        .anyMatch(p -> p.startsWith("f:8: effective_from is a whole UTC hour"))
        .anyMatch(p -> p.startsWith("f:10: 2 fields instead of 11"));
    assertThat(SloCsv.read("f", List.of()).problems()).hasSize(1);
  }
}
