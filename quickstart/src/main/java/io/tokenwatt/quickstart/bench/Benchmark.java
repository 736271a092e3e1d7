package io.tokenwatt.quickstart.bench;

import io.tokenwatt.quickstart.bench.report.Outcome;
import java.io.PrintWriter;
import java.util.Optional;

/**
 * One subcommand of {@code ./tokenwatt bench}. To add one: implement this and name it in {@link
 * Benchmarks}.
 *
 * <p>Ours and the peer do the same on the same input in one run, taking turns; CPU time comes
 * first, for the machine is rarely ours alone. A result that is wrong is thrown, not timed. A peer
 * that is not installed stays in the table, with the reason.
 */
public interface Benchmark {

  /** The subcommand. */
  String name();

  /** What it measures, for {@code --help} and above the table. */
  String title();

  /** How long it may take on two cores, all rounds; quick runs take less. */
  int minutes();

  /** Fields with picocli's annotations, for options of its own. */
  default Optional<Object> options() {
    return Optional.empty();
  }

  /**
   * Measures; progress goes to {@code err}.
   *
   * @throws Exception if it cannot be measured, or if a result is wrong
   */
  Outcome run(Plan plan, PrintWriter err) throws Exception;

  /**
   * How thoroughly.
   *
   * @param rounds of each side, at least 1
   * @param quick less of everything: figures to see that it works, not to quote
   */
  record Plan(int rounds, boolean quick) {}
}
