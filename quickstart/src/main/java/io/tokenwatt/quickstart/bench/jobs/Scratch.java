package io.tokenwatt.quickstart.bench.jobs;

import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.util.Arrays;

/**
 * Buffers for nested messages, whose length stands before them: one per depth, used again and
 * again. Not thread-safe.
 */
final class Scratch {
  static final int RECORD = 0;
  static final int TABLE = 1;
  static final int COLUMN = 2;
  static final int HISTOGRAM = 3;
  static final int VALUES = 4;
  private static final int BYTES = 32_768;
  private static final int DEPTH = 5;

  private final byte[][] buffers = new byte[DEPTH][BYTES];
  private final CodedOutputStream[] open = new CodedOutputStream[DEPTH];

  /** Writes a message's fields. */
  interface Body {
    void write(CodedOutputStream out) throws IOException;
  }

  CodedOutputStream open(int depth) {
    open[depth] = CodedOutputStream.newInstance(buffers[depth]);
    return open[depth];
  }

  /** A copy of what was written at that depth. */
  byte[] bytes(int depth) {
    return Arrays.copyOf(buffers[depth], open[depth].getTotalBytesWritten());
  }

  /**
   * @param depth deeper than that of {@code out}
   */
  void message(CodedOutputStream out, int field, int depth, Body body) throws IOException {
    CodedOutputStream inner = open(depth);
    body.write(inner);
    out.writeByteArray(field, buffers[depth], 0, inner.getTotalBytesWritten());
  }
}
