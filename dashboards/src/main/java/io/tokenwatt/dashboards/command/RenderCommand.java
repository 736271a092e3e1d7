package io.tokenwatt.dashboards.command;

import io.tokenwatt.dashboards.catalogue.Dashboards;
import io.tokenwatt.dashboards.grafana.Provisioning;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes Grafana's provisioning of dashboards. */
@Command(
    name = "render",
    description = {
      "Writes Grafana's provider of dashboards and their JSON. Asks no store.",
      "The data source comes from ./tokenwatt alerts render, into the same folder."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:written, or with --check all as it should be",
      "1:failed, or with --check something differs",
      "2:wrong usage"
    })
final class RenderCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "deploy/grafana/provisioning",
      description = "Grafana's provisioning folder; default: ${DEFAULT-VALUE}")
  private Path out;

  @Option(names = "--check", description = "Write nothing; say which files differ.")
  private boolean check;

  @Override
  public Integer call() throws IOException {
    PrintWriter told = command.commandLine().getOut();
    Map<String, String> files = Provisioning.of(Dashboards.all());
    int different = 0;
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path path = out.resolve(file.getKey());
      if (!same(path, file.getValue())) {
        different++;
        told.println((check ? "differs: " : "written: ") + path);
        if (!check) {
          Files.createDirectories(path.getParent());
          Files.writeString(path, file.getValue());
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
}
