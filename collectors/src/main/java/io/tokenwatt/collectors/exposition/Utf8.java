package io.tokenwatt.collectors.exposition;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/** Tells UTF-8 from other bytes; for the few lines that are not plain ASCII. */
final class Utf8 {

  private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
  private final CharBuffer sink = CharBuffer.allocate(1024);

  boolean isValid(byte[] bytes, int from, int to) {
    ByteBuffer source = ByteBuffer.wrap(bytes, from, to - from);
    decoder.reset();
    CoderResult result;
    do {
      sink.clear();
      result = decoder.decode(source, sink, true);
    } while (result.isOverflow());
    return !result.isError();
  }
}
