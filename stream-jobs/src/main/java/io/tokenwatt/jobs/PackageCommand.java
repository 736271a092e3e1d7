package io.tokenwatt.jobs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code jobs package}: the file for {@code flink run}. */
@Command(
    name = "package",
    mixinStandardHelpOptions = true,
    description = "Writes the jar that is submitted to a Flink cluster of the same version.")
final class PackageCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Parameters(
      paramLabel = "FILE",
      defaultValue = "tokenwatt-jobs.jar",
      description = "Default: ${DEFAULT-VALUE}")
  private Path file;

  @Override
  public Integer call() throws IOException {
    JobClassPath classPath = JobClassPath.ofThisProcess();
    List<Path> unknown = classPath.unknown();
    if (!unknown.isEmpty()) {
      throw new IOException(
          "JobClassPath does not say whether a cluster brings " + unknown + "; add it there");
    }
    JobJar.write(classPath, file);
    command
        .commandLine()
        .getOut()
        .printf(
            "%s, %,d bytes; flink run -d %s --cluster --config jobs.yaml%n",
            file, Files.size(file), file);
    return ExitCode.OK;
  }
}
