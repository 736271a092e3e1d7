package io.tokenwatt.quickstart.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.quickstart.bench.report.Figure;
import io.tokenwatt.quickstart.bench.report.Outcome;
import io.tokenwatt.quickstart.bench.report.Spread;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class BenchMainTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  /** One round per round asked for, of half the size if quick. */
  private static final class Counting implements Benchmark {
    @Override
    public String name() {
      return "counting";
    }

    @Override
    public String title() {
      return "Counts rounds";
    }

    @Override
    public int minutes() {
      return 1;
    }

    @Override
    public Outcome run(Plan plan, PrintWriter err) {
      Spread spread = Spread.of(Collections.nCopies(plan.rounds(), plan.quick() ? 1.0 : 2.0));
      return new Outcome(List.of(Figure.of("size", "B", spread)), List.of("a note"));
    }
  }

  @Test
  void tableNamesMachineLoadAndRounds() {
    assertThat(run(BenchmarkCommand.of(new Counting()), "--rounds", "3")).isZero();
    assertThat(out.toString())
        .contains("Counts rounds", "2.00 B [2.00 … 2.00]", "* a note", "* load average ")
        .containsPattern("\\* \\d{4}-\\d\\d-\\d\\dT.* on .* cores, ");
  }

  @Test
  void jsonHasTheNumbersApart() {
    run(BenchmarkCommand.of(new Counting()), "--quick", "--format", "JSON");
    assertThat(out.toString())
        .contains(
            "\"what\": \"size\", \"unit\": \"B\", \"rounds\": 5, \"ours\": 1.0, \"ours_min\": 1.0");
  }

  @Test
  void noRoundsAreAUsageError() {
    assertThat(run(BenchmarkCommand.of(new Counting()), "--rounds", "0")).isEqualTo(2);
    assertThat(err.toString()).contains("--rounds is 0; give at least 1");
  }

  @Test
  void everyBenchmarkIsACommandAndTheDetectorKeepsItsOldName() {
    assertThat(BenchMain.commandLine().getSubcommands().keySet())
        .contains("all", "detect", "detector")
        .containsAll(Benchmarks.ALL.stream().map(Benchmark::name).toList());
  }

  @Test
  void allOfThemSayHowLongTheyTakeAndItIsAnHourAtMost() {
    assertThat(AllCommand.minutes()).isBetween(30, 60);
    assertThat(AllCommand.budget())
        .startsWith("bench all: at most " + AllCommand.minutes() + " minutes (parse ");
  }

  private int run(CommandLine command, String... arguments) {
    return command
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }
}
