package io.tokenwatt.embedded;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * ClickHouse's process. Arguments: the library, the data directory (holding config.xml, and the
 * working directory), HTTP port, native port, "throwaway" where the directory is to be deleted if
 * the parent dies. Ends cleanly at the end of standard input or at SIGTERM.
 *
 * <p>A process of its own, because the library takes over signal handlers and threads.
 */
public final class ClickHouseMain {
  /** The engine refuses queries on stacks as small as the JVM's usual 1 MiB. */
  private static final long STACK_BYTES = 64L << 20;

  private ClickHouseMain() {}

  public static void main(String[] arguments) throws Exception {
    DataDirectory directory =
        new DataDirectory(Path.of(arguments[1]), "throwaway".equals(arguments[4]));
    int httpPort = Integer.parseInt(arguments[2]);
    int tcpPort = Integer.parseInt(arguments[3]);
    Path fifo = directory.resolve("alive.fifo");
    KeepAlive keepAlive = KeepAlive.at(fifo);
    ParentWatch parent = ParentWatch.start(keepAlive::release);
    Chdb engine = Native.load(arguments[0], Chdb.class);

    Thread serving =
        new Thread(
            null, () -> serve(engine, directory, httpPort, tcpPort, fifo), "engine", STACK_BYTES);
    serving.start();
    endCleanlyOnSignal(keepAlive, serving);
    ParentWatch.daemon("probe", () -> announce(httpPort));
    serving.join();
    if (parent.parentGone()) {
      directory.discard();
    }
    // Not exit: the library's static destructors race with its own threads.
    Runtime.getRuntime().halt(0);
  }

  private static void serve(
      Chdb engine, DataDirectory directory, int httpPort, int tcpPort, Path fifo) {
    String[] commandLine = {
      "--path=" + directory.resolve("data"),
      "--http_port=" + httpPort,
      "--tcp_port=" + tcpPort,
      "--listen_host=127.0.0.1",
      "--query",
      "SYSTEM START LISTEN HTTP; SYSTEM START LISTEN TCP; SELECT count() FROM file('"
          + fifo.toString().replace("\\", "\\\\").replace("'", "\\'")
          + "', LineAsString) FORMAT TSV"
    };
    Pointer result = engine.chdb_query_cmdline(commandLine.length, commandLine);
    String error = result == null ? null : engine.chdb_result_error(result);
    if (error != null) {
      System.err.println(error);
      Runtime.getRuntime().halt(1);
    }
  }

  private static void endCleanlyOnSignal(KeepAlive keepAlive, Thread serving) {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  keepAlive.release();
                  try {
                    serving.join();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                  Runtime.getRuntime().halt(0);
                },
                "engine-shutdown"));
  }

  /** Says "ready" once the engine answers; the parent keeps the deadline. */
  private static void announce(int httpPort) {
    try {
      while (!answers(httpPort)) {
        TimeUnit.MILLISECONDS.sleep(50);
      }
      ParentWatch.ready();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean answers(int httpPort) {
    try {
      URI ping = URI.create("http://127.0.0.1:" + httpPort + "/ping");
      HttpURLConnection connection = (HttpURLConnection) ping.toURL().openConnection();
      connection.setConnectTimeout(1_000);
      connection.setReadTimeout(1_000);
      // An idle connection would hold up the engine's end.
      connection.setRequestProperty("Connection", "close");
      return connection.getResponseCode() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }
}
