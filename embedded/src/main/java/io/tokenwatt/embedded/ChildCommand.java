package io.tokenwatt.embedded;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The command line of a child JVM: this JVM's java, a bounded heap, the serial collector.
 *
 * @param main class with the main method
 * @param heap as for -Xmx, for instance "256m"
 * @param classPath entries of the child's class path
 * @param systemProperties "-Dname=value"
 */
record ChildCommand(
    Class<?> main,
    String heap,
    List<String> classPath,
    List<String> systemProperties,
    List<String> arguments) {

  /** This JVM's class path, without test classes. */
  static List<String> ownClassPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.isBlank() && !entry.endsWith("test-classes"))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .toList();
  }

  /** The class path entry that a class was loaded from. */
  static String locationOf(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (java.net.URISyntaxException e) {
      throw new EngineException("Cannot tell where " + type + " was loaded from", e);
    }
  }

  /**
   * Ctrl-C reaches every process of the terminal at once; the shell makes the child deaf to it, so
   * that the parent can still drain into its engines and end them last.
   */
  List<String> toList() {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("/bin/sh", "-c", "trap '' INT HUP; exec \"$@\"", "tokenwatt-child"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx" + heap, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.add("-Djava.awt.headless=true");
    command.addAll(systemProperties);
    command.addAll(List.of("-cp", String.join(File.pathSeparator, classPath), main.getName()));
    command.addAll(arguments);
    return command;
  }
}
