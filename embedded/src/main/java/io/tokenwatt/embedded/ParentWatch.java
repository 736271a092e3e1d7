package io.tokenwatt.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The child's side of the leash: its standard input is a pipe whose other end only the parent
 * holds. The parent writes one byte and closes it to ask for the end; an end of file without that
 * byte means that the parent is dead, by whatever signal.
 */
final class ParentWatch {
  /** The line by which a child tells its parent, on standard output, that it serves. */
  static final String READY = "tokenwatt-ready";

  /** The byte by which a parent asks for the end and promises to clean up itself. */
  static final int STOP = 's';

  /** An engine that has not ended by then never will. */
  private static final Duration LAST_RESORT = Duration.ofSeconds(30);

  private final Runnable atEnd;
  private volatile boolean parentGone;

  private ParentWatch(Runnable atEnd) {
    this.atEnd = atEnd;
  }

  /**
   * Runs {@code atEnd} once, on a daemon thread, as soon as the parent asks for it or is gone; 30
   * seconds later the process is halted if it is still there.
   */
  static ParentWatch start(Runnable atEnd) {
    ParentWatch watch = new ParentWatch(atEnd);
    daemon("parent-watch", watch::watch);
    return watch;
  }

  /** True once the parent has ended without asking: there is nobody left to clean up. */
  boolean parentGone() {
    return parentGone;
  }

  static void ready() {
    System.out.println(READY);
    System.out.flush();
  }

  static void daemon(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  private void watch() {
    parentGone = !askedBeforeEnd(System.in);
    daemon("last-resort", ParentWatch::haltLater);
    atEnd.run();
  }

  private static boolean askedBeforeEnd(InputStream in) {
    try {
      return in.read() == STOP;
    } catch (IOException brokenPipe) {
      return false;
    }
  }

  private static void haltLater() {
    try {
      TimeUnit.SECONDS.sleep(LAST_RESORT.toSeconds());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(1);
  }
}
