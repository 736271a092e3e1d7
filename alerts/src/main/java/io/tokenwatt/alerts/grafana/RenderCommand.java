package io.tokenwatt.alerts.grafana;

import io.tokenwatt.alerts.Rule;
import io.tokenwatt.alerts.RuleFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes what Grafana needs to evaluate and deliver the same rules. */
@Command(
    name = "render",
    description = {
      "Writes Grafana's provisioning from the rules: data source, rule groups, contact points, policies,",
      "templates and mute timings. Asks no store. Secrets stay in the environment of Grafana."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:written, or with --check all as it should be",
      "1:failed, or with --check something differs",
      "2:wrong usage"
    })
public final class RenderCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "deploy/grafana/provisioning",
      description = "Grafana's provisioning folder; default: ${DEFAULT-VALUE}")
  private Path out;

  @Option(
      names = "--runbooks",
      paramLabel = "FILE",
      description = "Also write all runbooks there, as Markdown.")
  private Path runbooks;

  @Option(
      names = "--rules",
      paramLabel = "DIR",
      description = "Folder of rule files instead of the shipped ones.")
  private Path folder;

  @Option(names = "--check", description = "Write nothing; say which files differ from the rules.")
  private boolean check;

  @Override
  public Integer call() throws IOException {
    List<Rule> rules = folder == null ? RuleFiles.shipped() : RuleFiles.in(folder);
    Map<Path, String> files = new LinkedHashMap<>();
    Provisioning.of(rules).forEach((path, text) -> files.put(out.resolve(path), text));
    if (runbooks != null) {
      files.put(runbooks, RunbookText.of(rules));
    }
    PrintWriter told = command.commandLine().getOut();
    int different = 0;
    for (Map.Entry<Path, String> file : files.entrySet()) {
      if (!same(file.getKey(), file.getValue())) {
        different++;
        told.println((check ? "differs: " : "written: ") + file.getKey());
        if (!check) {
          write(file.getKey(), file.getValue());
        }
      }
    }
    told.printf("%d files, %d %s.%n", files.size(), different, check ? "differ" : "written");
    told.flush();
    return check && different > 0 ? ExitCode.SOFTWARE : ExitCode.OK;
  }

  private static boolean same(Path file, String text) throws IOException {
    return Files.isRegularFile(file) && Files.readString(file).equals(text);
  }

  private static void write(Path file, String text) throws IOException {
    if (file.getParent() != null) {
      Files.createDirectories(file.getParent());
    }
    Files.writeString(file, text);
  }
}
