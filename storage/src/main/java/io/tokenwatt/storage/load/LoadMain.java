package io.tokenwatt.storage.load;

import picocli.CommandLine;

/**
 * {@code ./tokenwatt load FILE…}: what people keep in CSV files, whichever table the header tells:
 * the same command as {@code prices load}, under the name that one looks for with sites, power
 * budgets, SLOs, round trips, policies, models and hardware.
 */
public final class LoadMain {
  private LoadMain() {}

  public static void main(String[] arguments) {
    PricesMain.quietLog();
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return PricesMain.plainErrors(new CommandLine(new PricesMain.Load()).setCommandName("load"));
  }
}
