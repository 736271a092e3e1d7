package io.tokenwatt.embedded;

import com.sun.jna.Native;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The named pipe that ClickHouse's last statement reads: the engine serves for as long as somebody
 * holds the writing end. Closing it is the only clean way to end the engine.
 */
final class KeepAlive {
  private final Path fifo;
  private OutputStream writer;
  private boolean released;

  private KeepAlive(Path fifo) {
    this.fifo = fifo;
  }

  /** Makes the pipe anew and waits, on a thread of its own, for the engine to open it. */
  static KeepAlive at(Path fifo) throws IOException {
    Files.deleteIfExists(fifo);
    Native.load("c", LibC.class).mkfifo(fifo.toString(), 0600);
    KeepAlive keepAlive = new KeepAlive(fifo);
    ParentWatch.daemon("keep-alive", keepAlive::open);
    return keepAlive;
  }

  /** Lets the engine end, now or, where it is still starting, as soon as it opens the pipe. */
  synchronized void release() {
    released = true;
    closeWriter();
  }

  private void open() {
    try {
      OutputStream opened = new FileOutputStream(fifo.toFile());
      synchronized (this) {
        writer = opened;
        if (released) {
          closeWriter();
        }
      }
    } catch (IOException e) {
      System.err.println("Cannot hold " + fifo + " open: " + e);
    }
  }

  private synchronized void closeWriter() {
    try {
      if (writer != null) {
        writer.close();
      }
    } catch (IOException e) {
      System.err.println("Cannot close " + fifo + ": " + e);
    }
  }
}
