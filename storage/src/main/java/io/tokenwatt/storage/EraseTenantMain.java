package io.tokenwatt.storage;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./tokenwatt erase-tenant}: a tenant's rows, gone from every table that has them. */
@Command(
    name = "erase-tenant",
    description = {
      "Removes all rows of one tenant from the request tables, and waits until they are gone.",
      "Events on their way (Kafka keeps them for its retention) are not touched: stop the tenant's requests",
      "first, and erase again once the retention has passed if the jobs are ever set back to old offsets."
    },
    mixinStandardHelpOptions = true)
public final class EraseTenantMain implements Callable<Integer> {
  private static final String LOGBACK = "logback.configurationFile";

  @Spec private CommandSpec command;
  @Mixin private Connection connection;

  @Option(
      names = "--key",
      defaultValue = "${env:TENANT_KEY:-}",
      showDefaultValue = CommandLine.Help.Visibility.NEVER,
      description =
          "The agents' tenant_key, if TENANT is a name; better as environment TENANT_KEY.")
  private String key;

  @Option(
      names = "--as-stored",
      description = "TENANT is what the tables hold: a hash or plain name.")
  private boolean asStored;

  @Parameters(paramLabel = "TENANT")
  private String tenant;

  public static void main(String[] arguments) {
    if (System.getProperty(LOGBACK) == null) {
      System.setProperty(LOGBACK, "io/tokenwatt/storage/logback-cli.xml");
    }
    System.exit(commandLine().execute(arguments));
  }

  /** Exit status 0 done, 1 failed, 2 wrong usage. */
  static CommandLine commandLine() {
    return new CommandLine(new EraseTenantMain())
        .setExecutionExceptionHandler(
            (e, command, parsed) -> {
              boolean known = e instanceof StoreException;
              command.getErr().println(known ? e.getMessage() : "erase-tenant: " + e);
              return ExitCode.SOFTWARE;
            });
  }

  @Override
  public Integer call() {
    if (tenant.isEmpty() || asStored != key.isEmpty()) {
      throw new ParameterException(
          command.commandLine(), "give the agents' key (TENANT_KEY), or --as-stored");
    }
    String stored = asStored ? tenant : hash(key, tenant);
    try (Store store = new Store(connection.config())) {
      long rows = new EraseTenant(store).erase(stored);
      command.commandLine().getOut().printf("%,d rows erased%n", rows);
    }
    return ExitCode.OK;
  }

  /** As the agents do it; see collectors/REQUESTS.md. */
  private static String hash(String key, String tenant) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      byte[] digest = mac.doFinal(tenant.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(Arrays.copyOf(digest, 16));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HmacSHA256 is part of every JDK", e);
    }
  }
}
