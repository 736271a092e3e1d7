package io.tokenwatt.collectors.requests;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.protobuf.ByteString;
import io.tokenwatt.model.proto.otlp.AnyValue;
import io.tokenwatt.model.proto.otlp.ArrayValue;
import io.tokenwatt.model.proto.otlp.ExportTraceServiceRequest;
import io.tokenwatt.model.proto.otlp.KeyValue;
import io.tokenwatt.model.proto.otlp.Resource;
import io.tokenwatt.model.proto.otlp.ResourceSpans;
import io.tokenwatt.model.proto.otlp.ScopeSpans;
import io.tokenwatt.model.proto.otlp.Span;
import io.tokenwatt.model.proto.otlp.SpanKind;
import io.tokenwatt.model.proto.otlp.Status;
import java.io.IOException;
import java.util.HexFormat;

/**
 * OTLP's JSON encoding: lowerCamelCase keys, ids in hex, 64-bit numbers as numbers or texts, enums
 * as numbers. Keys that are not ours are skipped unread.
 */
final class OtlpJson {
  private final JsonParser json;

  private OtlpJson(JsonParser json) {
    this.json = json;
  }

  /**
   * @throws IOException if it is not such JSON; its message may quote the body and must not be
   *     shown
   */
  static ExportTraceServiceRequest parse(byte[] body) throws IOException {
    try (JsonParser json = NdjsonLine.JSON.createParser(body)) {
      json.nextToken();
      return new OtlpJson(json).request();
    } catch (IllegalArgumentException e) {
      throw new IOException("not OTLP", e);
    }
  }

  /** What to do at the value of a key. */
  private interface Key {
    boolean at(String key) throws IOException;
  }

  /** What to do at an item of an array. */
  private interface Item {
    void here() throws IOException;
  }

  private ExportTraceServiceRequest request() throws IOException {
    ExportTraceServiceRequest.Builder out = ExportTraceServiceRequest.newBuilder();
    object(
        key -> key.equals("resourceSpans") && array(() -> out.addResourceSpans(resourceSpans())));
    return out.build();
  }

  private ResourceSpans resourceSpans() throws IOException {
    ResourceSpans.Builder out = ResourceSpans.newBuilder();
    object(
        key ->
            switch (key) {
              case "resource" -> {
                Resource.Builder resource = out.getResourceBuilder();
                object(
                    k -> k.equals("attributes") && array(() -> resource.addAttributes(keyValue())));
                yield true;
              }
              case "scopeSpans" -> array(() -> out.addScopeSpans(scopeSpans()));
              default -> false;
            });
    return out.build();
  }

  private ScopeSpans scopeSpans() throws IOException {
    ScopeSpans.Builder out = ScopeSpans.newBuilder();
    object(key -> key.equals("spans") && array(() -> out.addSpans(span())));
    return out.build();
  }

  private Span span() throws IOException {
    Span.Builder out = Span.newBuilder();
    object(
        key -> {
          switch (key) {
            case "traceId" -> out.setTraceId(hex());
            case "spanId" -> out.setSpanId(hex());
            case "kind" -> out.setKindValue(kind());
            case "startTimeUnixNano" -> out.setStartTimeUnixNano(int64());
            case "endTimeUnixNano" -> out.setEndTimeUnixNano(int64());
            case "attributes" -> {
              return array(() -> out.addAttributes(keyValue()));
            }
            case "status" -> out.setStatus(status());
            default -> {
              return false;
            }
          }
          return true;
        });
    return out.build();
  }

  private Status status() throws IOException {
    Status.Builder out = Status.newBuilder();
    object(
        key -> {
          if (key.equals("code")) {
            boolean named = json.currentToken() == JsonToken.VALUE_STRING;
            boolean error = named && json.getText().equals("STATUS_CODE_ERROR");
            out.setCode(named ? (error ? 2 : 0) : (int) int64());
            return true;
          }
          return false;
        });
    return out.build();
  }

  private KeyValue keyValue() throws IOException {
    KeyValue.Builder out = KeyValue.newBuilder();
    object(
        key -> {
          switch (key) {
            case "key" -> out.setKey(json.getText());
            case "value" -> out.setValue(anyValue());
            default -> {
              return false;
            }
          }
          return true;
        });
    return out.build();
  }

  private AnyValue anyValue() throws IOException {
    AnyValue.Builder out = AnyValue.newBuilder();
    object(
        key -> {
          switch (key) {
            case "stringValue" -> out.setStringValue(json.getText());
            case "boolValue" -> out.setBoolValue(json.getBooleanValue());
            case "intValue" -> out.setIntValue(int64());
            case "doubleValue" -> out.setDoubleValue(Double.parseDouble(json.getText()));
            case "arrayValue" -> {
              ArrayValue.Builder array = ArrayValue.newBuilder();
              object(k -> k.equals("values") && array(() -> array.addValues(anyValue())));
              out.setArrayValue(array);
            }
            default -> {
              return false;
            }
          }
          return true;
        });
    return out.build();
  }

  private ByteString hex() throws IOException {
    return ByteString.copyFrom(HexFormat.of().parseHex(json.getText()));
  }

  private int kind() throws IOException {
    return json.currentToken() == JsonToken.VALUE_STRING
        ? SpanKind.valueOf(json.getText()).getNumber()
        : json.getIntValue();
  }

  private long int64() throws IOException {
    return json.currentToken() == JsonToken.VALUE_STRING
        ? Long.parseLong(json.getText())
        : json.getLongValue();
  }

  private void object(Key keys) throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw new IOException("not OTLP");
    }
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String key = json.currentName();
      JsonToken value = json.nextToken();
      if (value != JsonToken.VALUE_NULL && !keys.at(key)) {
        json.skipChildren();
      }
    }
    if (json.currentToken() != JsonToken.END_OBJECT) {
      throw new IOException("not OTLP");
    }
  }

  private boolean array(Item item) throws IOException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw new IOException("not OTLP");
    }
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (json.currentToken() == null) {
        throw new IOException("not OTLP");
      }
      item.here();
    }
    return true;
  }
}
