package io.tokenwatt.quickstart.documents;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import picocli.CommandLine;

/** The commands of the script tokenwatt and the parsers that they really use. */
public final class Commands {
  private static final Pattern ROW =
      Pattern.compile("(?m)^([a-z-]+)\\|[a-z-]+\\|(io\\.tokenwatt\\.[\\w.]+)\\|");

  private final Map<String, String> mains = new LinkedHashMap<>();

  private Commands() {}

  public static Commands ofTheScript() throws IOException {
    Commands commands = new Commands();
    ROW.matcher(Files.readString(Document.ROOT.resolve("tokenwatt")))
        .results()
        .forEach(row -> commands.mains.put(row.group(1), row.group(2)));
    return commands;
  }

  public Map<String, String> mains() {
    return mains;
  }

  /**
   * @param command one of {@link #mains()}
   */
  public CommandLine parser(String command) throws ReflectiveOperationException {
    Class<?> main = Class.forName(mains.get(command));
    for (Method method : main.getDeclaredMethods()) {
      if (method.getName().equals("commandLine")) {
        method.setAccessible(true);
        if (method.getParameterCount() == 0) {
          return (CommandLine) method.invoke(null);
        }
        if (method.getParameterCount() == 1) {
          return (CommandLine) method.invoke(null, Clock.systemUTC());
        }
      }
    }
    Constructor<?> constructor = main.getDeclaredConstructor();
    constructor.setAccessible(true);
    return new CommandLine(constructor.newInstance());
  }
}
