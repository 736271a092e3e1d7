package io.tokenwatt.collectors.backfill;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the answer of /api/v1/query as it arrives, a vector or a matrix. What it holds grows with
 * the samples, and ends with {@code maxSamples}.
 */
final class ResultReader {
  private static final JsonFactory JSON = new JsonFactory();

  private final JsonParser json;
  private final long maxSamples;
  private final List<RawSeries> series = new ArrayList<>();
  private long samples;

  private ResultReader(JsonParser json, long maxSamples) {
    this.json = json;
    this.maxSamples = maxSamples;
  }

  /**
   * @throws IOException if this is no such answer or it is cut off
   * @throws PrometheusException too much, if it holds more samples than {@code maxSamples}
   */
  static List<RawSeries> read(InputStream body, long maxSamples) throws IOException {
    try (JsonParser json = JSON.createParser(body)) {
      ResultReader reader = new ResultReader(json, maxSamples);
      reader.answer();
      return reader.series;
    }
  }

  private void answer() throws IOException {
    expect(json.nextToken(), JsonToken.START_OBJECT);
    boolean found = false;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      JsonToken value = json.nextToken();
      if (field.equals("data") && value == JsonToken.START_OBJECT) {
        found |= data();
      } else {
        json.skipChildren();
      }
    }
    expect(json.currentToken(), JsonToken.END_OBJECT);
    if (!found) {
      throw new IOException("an answer without data.result");
    }
  }

  private boolean data() throws IOException {
    boolean found = false;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      JsonToken value = json.nextToken();
      if (field.equals("result") && value == JsonToken.START_ARRAY) {
        while (json.nextToken() == JsonToken.START_OBJECT) {
          one();
        }
        expect(json.currentToken(), JsonToken.END_ARRAY);
        found = true;
      } else {
        json.skipChildren();
      }
    }
    return found;
  }

  private void one() throws IOException {
    Map<String, String> labels = new HashMap<>();
    long[] ms = new long[256];
    double[] values = new double[256];
    int n = 0;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      JsonToken token = json.nextToken();
      if (field.equals("metric")) {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
          String label = json.currentName();
          json.nextToken();
          labels.put(label, json.getText());
        }
      } else if (field.equals("value") && token == JsonToken.START_ARRAY) {
        n = sample(ms, values, n);
      } else if (field.equals("values") && token == JsonToken.START_ARRAY) {
        while (json.nextToken() == JsonToken.START_ARRAY) {
          if (n == ms.length) {
            ms = Arrays.copyOf(ms, 2 * n);
            values = Arrays.copyOf(values, 2 * n);
          }
          n = sample(ms, values, n);
        }
      } else {
        json.skipChildren(); // native histograms: no exporter of ours has them
      }
    }
    if (n > 0) {
      series.add(new RawSeries(labels, Arrays.copyOf(ms, n), Arrays.copyOf(values, n)));
    }
  }

  /** {@code [seconds, "value"]}, the bracket read already. */
  private int sample(long[] ms, double[] values, int n) throws IOException {
    json.nextToken();
    ms[n] = Math.round(json.getDoubleValue() * 1000);
    json.nextToken();
    values[n] = number(json.getText());
    expect(json.nextToken(), JsonToken.END_ARRAY);
    if (++samples > maxSamples) {
      throw new PrometheusException("more than " + maxSamples + " samples at once", true, null);
    }
    return n + 1;
  }

  private static double number(String text) throws IOException {
    return switch (text) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> {
        try {
          yield Double.parseDouble(text);
        } catch (NumberFormatException e) {
          throw new IOException("a value that is no number: " + text, e);
        }
      }
    };
  }

  private static void expect(JsonToken found, JsonToken wanted) throws IOException {
    if (found != wanted) {
      throw new IOException("no answer of a Prometheus: " + found + " instead of " + wanted);
    }
  }
}
