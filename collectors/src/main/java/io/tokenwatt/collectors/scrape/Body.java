package io.tokenwatt.collectors.scrape;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A response body in a buffer that is used again by the next scrape. For one exchange at a time.
 */
public final class Body {
  private static final int FIRST = 16 * 1024;

  private final int limit;
  private byte[] bytes = new byte[0];
  private int length;
  private String contentType = "";

  /**
   * @param limit most bytes of a body, after decompression
   */
  public Body(int limit) {
    this.limit = limit;
  }

  /** The buffer; only the first {@link #length()} bytes belong to the body. */
  public byte[] bytes() {
    return bytes;
  }

  public int length() {
    return length;
  }

  /** The header as sent; "" without. */
  public String contentType() {
    return contentType;
  }

  /** The last line, its end not counted, ends with the ASCII text. */
  boolean endsWith(String text) {
    int end = length > 0 && bytes[length - 1] == '\n' ? length - 1 : length;
    int start = end - text.length();
    return start >= 0
        && new String(bytes, start, text.length(), StandardCharsets.US_ASCII).equals(text);
  }

  /** Reads to the end of the stream; one byte beyond the limit is the last that is asked for. */
  void fill(InputStream in, String type) throws IOException, ScrapeException {
    contentType = type;
    length = 0;
    while (true) {
      if (length == bytes.length) {
        grow();
      }
      int read = in.read(bytes, length, bytes.length - length);
      if (read < 0) {
        return;
      }
      length += read;
      if (length > limit) {
        length = 0;
        throw new ScrapeException(FailureReason.BODY_TOO_LARGE, "longer than " + limit + " bytes");
      }
    }
  }

  private void grow() {
    long doubled = Math.max(FIRST, 2L * bytes.length);
    bytes = Arrays.copyOf(bytes, (int) Math.min(doubled, limit + 1L));
  }
}
