package io.tokenwatt.collectors.requests;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Reads a body within limits, unpacked where it says so. Stateless. */
final class RequestBody {
  private RequestBody() {}

  static byte[] read(HttpExchange exchange, int maxBytes) throws IOException, BodyRefused {
    String encoding = header(exchange, "Content-Encoding");
    InputStream raw = exchange.getRequestBody();
    try {
      InputStream in =
          switch (encoding) {
            case "", "identity" -> raw;
            case "gzip" -> new GZIPInputStream(raw, 1 << 14);
            default -> throw new BodyRefused(415, "Content-Encoding is gzip or none");
          };
      byte[] body = in.readNBytes(maxBytes + 1);
      if (body.length > maxBytes) {
        throw new BodyRefused(413, "more than " + maxBytes + " bytes; send smaller batches");
      }
      return body;
    } catch (ZipException e) {
      throw new BodyRefused(400, "not gzip");
    }
  }

  /** In lower case and without parameters. */
  static String contentType(HttpExchange exchange) {
    return header(exchange, "Content-Type").split(";", 2)[0].strip();
  }

  private static String header(HttpExchange exchange, String name) {
    String value = exchange.getRequestHeaders().getFirst(name);
    return value == null ? "" : value.strip().toLowerCase(Locale.ROOT);
  }
}
