package io.tokenwatt.quickstart.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TraceFilesTest {
  private static final Path CORPUS =
      Path.of(System.getProperty("tokenwatt.root")).resolveSibling("shared").resolve("corpus");

  /** Figures of EXPECTED.md, section E. */
  @Test
  void recordedTracesAreReadWhole() throws IOException {
    assumeThat(TraceFiles.present(CORPUS)).as("no corpus at %s", CORPUS).isTrue();
    List<Trace> traces = TraceFiles.read(CORPUS);
    assertThat(traces).extracting(Trace::requests).containsExactly(19_366, 12_031);
    assertThat(traces).extracting(t -> sum(t, true)).containsExactly(22_361_870L, 144_793_823L);
    assertThat(traces).extracting(t -> sum(t, false)).containsExactly(4_088_665L, 4_122_048L);
  }

  @Test
  void rhythmOfATraceHasMeanOne() {
    for (Trace trace : SyntheticTrace.both()) {
      assertThat(IntStream.range(0, trace.slots()).mapToDouble(trace::intensity).average())
          .hasValueCloseTo(1.0, org.assertj.core.api.Assertions.within(1e-9));
    }
  }

  private static long sum(Trace trace, boolean prompts) {
    return IntStream.range(0, trace.requests())
        .mapToLong(i -> prompts ? trace.prompt(i) : trace.output(i))
        .sum();
  }
}
