package io.tokenwatt.alerts.ruletest;

import io.tokenwatt.alerts.Rule;
import io.tokenwatt.alerts.RuleFiles;
import io.tokenwatt.storage.StoreConfig;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs tests of rules: rows in over time, alerts out. */
@Command(
    name = "test",
    description = {
      "Runs tests of rules: rows in over time, alerts out. Needs a ClickHouse and an account that may",
      "create databases: the rows go into a database of their own, which is dropped at the end."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:all tests pass", "1:failed, or a test does not pass", "2:wrong usage"})
public final class TestCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Parameters(
      paramLabel = "PATH",
      arity = "1..*",
      description = "Files of tests, or folders of them, such as alerts/rules/tests.")
  private List<Path> paths;

  @Option(
      names = "--url",
      defaultValue = "http://127.0.0.1:8123",
      description = "ClickHouse's HTTP address; default: ${DEFAULT-VALUE}")
  private String url;

  @Option(names = "--user", defaultValue = "default", description = "Default: ${DEFAULT-VALUE}")
  private String user;

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      defaultValue = "${env:CLICKHOUSE_CA:-}",
      description = "PEM file of what an https address is signed by; environment CLICKHOUSE_CA")
  private String ca;

  @Option(
      names = "--password",
      defaultValue = "${env:CLICKHOUSE_PASSWORD:-}",
      description = "Better given as environment variable CLICKHOUSE_PASSWORD")
  private String password;

  @Option(
      names = "--rules",
      paramLabel = "DIR",
      description = "Folder of rule files to test instead of the shipped ones.")
  private Path folder;

  @Override
  public Integer call() {
    List<Rule> rules = folder == null ? RuleFiles.shipped() : RuleFiles.in(folder);
    List<RuleTest> tests = paths.stream().flatMap(path -> TestFiles.in(path).stream()).toList();
    PrintWriter out = command.commandLine().getOut();
    int failed = 0;
    try (Scratch scratch = new Scratch(server());
        RuleTestRun run = new RuleTestRun(scratch, rules)) {
      for (RuleTest test : tests) {
        List<String> wrong = run.run(test);
        failed += wrong.isEmpty() ? 0 : 1;
        out.println((wrong.isEmpty() ? "ok      " : "FAILED  ") + test);
        wrong.forEach(line -> out.println("        " + line));
        out.flush();
      }
    }
    out.printf("%d tests, %d failed.%n", tests.size(), failed);
    out.flush();
    return failed == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private StoreConfig server() {
    try {
      return StoreConfig.of(url, user, password, StoreConfig.DATABASE, ca);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), e.getMessage(), e);
    }
  }
}
