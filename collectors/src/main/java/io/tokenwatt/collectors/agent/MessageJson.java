package io.tokenwatt.collectors.agent;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.tokenwatt.collectors.http.Json;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A Protobuf message as JSON for people and jq: the proto's field names, numbers as numbers, bytes
 * as hex, what is empty left out. Not Protobuf's JSON mapping, which writes 64-bit numbers as text.
 */
final class MessageJson {
  private MessageJson() {}

  static String of(Message message) {
    return Json.of(fields(message));
  }

  private static Map<String, Object> fields(Message message) {
    Map<String, Object> fields = new LinkedHashMap<>();
    message
        .getAllFields()
        .forEach((field, value) -> fields.put(field.getName(), value(field, value)));
    return fields;
  }

  private static Object value(FieldDescriptor field, Object value) {
    if (field.isMapField()) {
      Map<String, Object> entries = new LinkedHashMap<>();
      for (Object entry : (List<?>) value) {
        Map<String, Object> pair = fields((Message) entry);
        entries.put(String.valueOf(pair.getOrDefault("key", "")), pair.getOrDefault("value", ""));
      }
      return entries;
    }
    if (field.isRepeated()) {
      List<Object> items = new ArrayList<>();
      ((List<?>) value).forEach(item -> items.add(single(item)));
      return items;
    }
    return single(value);
  }

  private static Object single(Object value) {
    if (value instanceof Message message) {
      return fields(message);
    }
    if (value instanceof ByteString bytes) {
      return HexFormat.of().formatHex(bytes.toByteArray());
    }
    return value instanceof EnumValueDescriptor constant ? constant.getName() : value;
  }
}
