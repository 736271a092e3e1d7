package io.tokenwatt.collectors.scrape;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import okhttp3.MediaType;
import okhttp3.Response;
import okhttp3.ResponseBody;

/** Judges a response's header and reads its body. Stateless. */
final class BodyReader {
  private BodyReader() {}

  static void read(Response response, int limit, Body into) throws IOException, ScrapeException {
    checkStatus(response);
    ResponseBody body = response.body();
    if (body.contentLength() > limit) {
      throw new ScrapeException(
          FailureReason.BODY_TOO_LARGE,
          "announces " + body.contentLength() + " bytes, the limit is " + limit);
    }
    readEncoded(response, body, into);
    checkEnd(response, into);
    checkCharset(body.contentType(), into);
    checkText(into);
  }

  private static void checkStatus(Response response) throws ScrapeException {
    if (response.code() / 100 == 3) {
      String location = response.header("Location", "");
      throw new ScrapeException(
          FailureReason.REDIRECT, response.code() + " to " + location + "; configure that URL");
    }
    if (response.code() != 200) {
      throw new ScrapeException(FailureReason.HTTP_STATUS, "status " + response.code());
    }
  }

  private static void readEncoded(Response response, ResponseBody body, Body into)
      throws IOException, ScrapeException {
    String type = response.header("Content-Type", "");
    String encoding = response.header("Content-Encoding", "identity").strip();
    switch (encoding.toLowerCase(Locale.ROOT)) {
      case "identity", "" -> into.fill(body.byteStream(), type);
      case "gzip", "x-gzip" -> fillGzip(body.byteStream(), type, into);
      default ->
          throw new ScrapeException(
              FailureReason.BAD_ENCODING, "Content-Encoding " + encoding + " was not asked for");
    }
  }

  private static void fillGzip(InputStream compressed, String type, Body into)
      throws IOException, ScrapeException {
    try (InputStream plain = new GZIPInputStream(compressed, 8192)) {
      into.fill(plain, type);
    } catch (ZipException e) {
      throw new ScrapeException(FailureReason.BAD_ENCODING, "not gzip: " + e.getMessage());
    } catch (EOFException e) {
      throw new ScrapeException(FailureReason.CUT_BODY, "the gzip stream ends too early");
    }
  }

  // Without a length or chunks only the last line tells whether the sender got to its end;
  // OpenMetrics has a mark for it.
  private static void checkEnd(Response response, Body body) throws ScrapeException {
    String type = body.contentType().strip().toLowerCase(Locale.ROOT);
    if (type.startsWith("application/openmetrics-text") && !body.endsWith("# EOF")) {
      throw new ScrapeException(
          FailureReason.CUT_BODY, "OpenMetrics text without # EOF at its end");
    }
    boolean announced =
        response.header("Content-Length") != null
            || response.header("Transfer-Encoding") != null
            || response.header("Content-Encoding") != null;
    int length = body.length();
    if (!announced && length > 0 && body.bytes()[length - 1] != '\n') {
      throw new ScrapeException(FailureReason.CUT_BODY, "the last line has no end");
    }
  }

  private static void checkCharset(MediaType type, Body body) throws ScrapeException {
    String charset = type == null ? null : type.parameter("charset");
    if (charset == null
        || charset.equalsIgnoreCase("utf-8")
        || charset.equalsIgnoreCase("us-ascii")
        || isAscii(body)) {
      return;
    }
    throw new ScrapeException(FailureReason.WRONG_CHARSET, "charset " + charset + " is not UTF-8");
  }

  // Many Java servers say ISO-8859-1 of plain ASCII, which is as good as UTF-8.
  private static boolean isAscii(Body body) {
    for (int i = 0; i < body.length(); i++) {
      if (body.bytes()[i] <= 0) {
        return false;
      }
    }
    return true;
  }

  private static void checkText(Body body) throws ScrapeException {
    byte[] bytes = body.bytes();
    int length = body.length();
    if (length == 0) {
      throw new ScrapeException(FailureReason.NOT_EXPOSITION, "the body is empty");
    }
    if (length >= 2 && (bytes[0] == 0 || bytes[1] == 0 || isByteOrderMark16(bytes))) {
      throw new ScrapeException(FailureReason.WRONG_CHARSET, "looks like UTF-16, expected UTF-8");
    }
    int first = 0;
    while (first < length && Character.isWhitespace(bytes[first])) {
      first++;
    }
    if (first < length && (bytes[first] == '<' || bytes[first] == '{' || bytes[first] == '[')) {
      String what = bytes[first] == '<' ? "HTML" : "JSON";
      throw new ScrapeException(
          FailureReason.NOT_EXPOSITION, "the body is " + what + ", not exporter text");
    }
  }

  private static boolean isByteOrderMark16(byte[] bytes) {
    int mark = ((bytes[0] & 0xff) << 8) | (bytes[1] & 0xff);
    return mark == 0xfeff || mark == 0xfffe;
  }
}
