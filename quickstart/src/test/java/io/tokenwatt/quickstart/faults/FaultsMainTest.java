package io.tokenwatt.quickstart.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.model.Heartbeat;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class FaultsMainTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return FaultsMain.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }

  @Test
  void listNamesEveryFaultAsItIsTyped() {
    assertThat(run("--list", "--outage", "7")).isZero();
    assertThat(out.toString()).contains("kafka-away ", "broker away for 7 s");
    assertThat(out.toString().lines()).hasSize(Fault.values().length);
  }

  @Test
  void aFaultThatIsNotThereIsAUsageError() {
    assertThat(run("--only", "kafka-awy")).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(err.toString()).contains("no fault 'kafka-awy'");
    assertThat(run("--outage", "-1")).isEqualTo(CommandLine.ExitCode.USAGE);
  }

  @Test
  void theLogIsAFunctionOfItsSeed() {
    List<String> log = lines(FaultLog.of(3, 1_800_000_000_000L));
    assertThat(lines(FaultLog.of(3, 1_800_000_000_000L)).equals(log)).isTrue();
    assertThat(lines(FaultLog.of(4, 1_800_000_000_000L)).equals(log)).isFalse();
    assertThat(log.size()).isBetween(28_200, 29_400);
  }

  private static List<String> lines(List<FaultLog.Entry> log) {
    return log.stream()
        .map(e -> e.partition() + " " + e.recordMs() + e.key() + Arrays.hashCode(e.value()))
        .toList();
  }

  /**
   * A node's order is Kafka's order: it stays in one partition, and its record times never fall.
   */
  @Test
  void everyNodeStaysInItsPartitionAndInItsOrder() {
    List<FaultLog.Entry> all = FaultLog.of(5, 1_800_000_000_000L);
    List<FaultLog.Entry> log = all.stream().filter(e -> !Heartbeat.is(e.key(), e.value())).toList();
    assertThat(log.stream().map(FaultLog.Entry::key).distinct()).hasSize(12);
    assertThat(log.stream().map(e -> e.key() + e.partition()).distinct()).hasSize(12);
    assertThat(log).isSortedAccordingTo(java.util.Comparator.comparing(FaultLog.Entry::recordMs));
  }
}
