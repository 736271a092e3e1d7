package io.tokenwatt.collectors.requests;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** All that may be told of a change. The names are the keys of the JSON. */
enum ChangeField {
  EVENT_ID(Type.NAME),
  TIME(Type.LINE),
  TIME_MS(Type.WHOLE),
  KIND(Type.NAME),
  TITLE(Type.LINE),
  LINK(Type.LINK),
  ACTOR(Type.LINE),
  WHY(Type.TEXT),
  REGRESSION(Type.NAME),
  REGION(Type.NAME),
  CLUSTER(Type.NAME),
  NODE(Type.NAME),
  HARDWARE(Type.NAME),
  MODEL(Type.NAME),
  WORKLOAD(Type.NAME),
  DEPLOYMENT(Type.NAME),
  ENGINE(Type.NAME),
  ENGINE_VERSION(Type.NAME),
  DRIVER(Type.NAME),
  TENSOR_PARALLEL(Type.SMALL),
  PIPELINE_PARALLEL(Type.SMALL),
  DATA_PARALLEL(Type.SMALL),
  MAX_BATCH(Type.WHOLE),
  SPECULATIVE_DECODING(Type.NAME),
  POWER_LIMIT_W(Type.NUMBER),
  CONFIG_HASH(Type.NAME);

  /** What a value may look like. */
  enum Type {
    /** Up to 200 letters, digits and ._:/@+=~#()-; no blanks. */
    NAME,
    /** Up to 300 characters on one line. */
    LINE,
    /** Up to 2000 characters, line breaks too. */
    TEXT,
    /** http or https, up to 1000 characters. */
    LINK,
    /** 0 to 65535. */
    SMALL,
    /** 0 to 2^53. */
    WHOLE,
    /** 0 to 10^6. */
    NUMBER
  }

  /** The only object among the values. */
  static final String ATTRIBUTES = "attributes";

  private static final Map<String, ChangeField> BY_KEY =
      Arrays.stream(values()).collect(Collectors.toMap(ChangeField::key, Function.identity()));

  private final Type type;

  ChangeField(Type type) {
    this.type = type;
  }

  Type type() {
    return type;
  }

  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<ChangeField> of(String key) {
    return Optional.ofNullable(BY_KEY.get(key));
  }

  /** For people. */
  static String all() {
    return Arrays.stream(values()).map(ChangeField::key).collect(Collectors.joining(", "))
        + ", "
        + ATTRIBUTES;
  }
}
