package io.tokenwatt.quickstart.view;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Where frames go: drawn over each other on a terminal, one block after the other into a file or a
 * pipe, or a line of JSON per row. Thread-safe.
 */
public final class LiveView {
  /** How frames are written. */
  public enum Format {
    /** Over the frame before: the cursor goes home, each line is cleared behind its end. */
    TERMINAL,
    /** Blocks, an empty line between them. */
    PLAIN,
    /** A row is written once, when its window is new. */
    JSON
  }

  private static final String HOME = "\u001b[H";
  private static final String CLEAR_SCREEN = "\u001b[2J";
  private static final String CLEAR_LINE = "\u001b[K";
  private static final int MOST_TOLD = 3;
  private static final String CLEAR_BELOW = "\u001b[J";

  private final PrintStream out;
  private final Format format;
  private boolean drawn;
  private long shownUpToS;

  /** Told between frames; drawn below each, the newest last. */
  private final Deque<String> told = new ArrayDeque<>();

  public LiveView(PrintStream out, Format format) {
    this.out = out;
    this.format = format;
  }

  /**
   * Standard output in UTF-8, whatever the locale; drawn over if it is a terminal and no JSON is
   * asked for.
   */
  public static LiveView standard(boolean json) {
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
    return new LiveView(out, json ? Format.JSON : isTerminal() ? Format.TERMINAL : Format.PLAIN);
  }

  /** From Java 22 on there is a console without a terminal too; it then says so itself. */
  private static boolean isTerminal() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException before22) {
      return true;
    }
  }

  public synchronized void show(LiveFrame frame) {
    switch (format) {
      case TERMINAL -> terminal(frame);
      case PLAIN -> plain(frame);
      case JSON -> json(frame);
    }
    out.flush();
  }

  /** Text between frames, of one or more lines: at once, and on a terminal below the frames too. */
  public synchronized void tell(String text) {
    if (format == Format.JSON) {
      System.err.println(text);
      return;
    }
    out.println(text);
    out.flush();
    told.addLast(text);
    if (told.size() > MOST_TOLD) {
      told.removeFirst();
    }
  }

  private void terminal(LiveFrame frame) {
    StringBuilder screen = new StringBuilder(drawn ? HOME : CLEAR_SCREEN + HOME);
    LiveTable.lines(frame).forEach(line -> screen.append(line).append(CLEAR_LINE).append('\n'));
    told.stream()
        .flatMap(String::lines)
        .forEach(line -> screen.append(line).append(CLEAR_LINE).append('\n'));
    out.print(screen.append(CLEAR_BELOW));
    drawn = true;
  }

  private void plain(LiveFrame frame) {
    LiveTable.lines(frame).forEach(out::println);
    out.println();
  }

  private void json(LiveFrame frame) {
    frame.rows().stream()
        .filter(row -> row.windowEndS() > shownUpToS)
        .map(JsonLine::of)
        .forEach(out::println);
    shownUpToS = Math.max(shownUpToS, frame.dataUpToS());
  }
}
