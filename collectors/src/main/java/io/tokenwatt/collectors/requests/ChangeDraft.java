package io.tokenwatt.collectors.requests;

import io.tokenwatt.model.proto.ChangeEvent;
import io.tokenwatt.model.proto.ChangeKind;
import io.tokenwatt.model.proto.ChangeScope;
import io.tokenwatt.model.proto.ChangeSetup;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One change event while it is read; checked when it is finished. For one thread. */
final class ChangeDraft {
  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}._:/@+=~#()-]{0,200}");
  private static final Pattern ATTRIBUTE = Pattern.compile("[A-Za-z0-9._/-]{1,64}");
  private static final Pattern LINK = Pattern.compile("https?://[^\\s\\p{Cntrl}]{1,990}");
  private static final int MAX_LINE = 300;
  private static final int MAX_TEXT = 2000;
  private static final int MAX_ATTRIBUTES = 32;
  private static final int MAX_VALUE = 500;
  private static final int MAX_SMALL = 0xFFFF;
  private static final int MAX_BYTES = 64 << 10;
  private static final double MAX_NUMBER = 1e6;
  private static final long MAX_AHEAD_MS = 366 * 24 * 3_600_000L;
  private static final String KINDS =
      Arrays.stream(ChangeKind.values())
          .filter(ChangeDraft::isTold)
          .map(kind -> kind.name().substring("CHANGE_".length()).toLowerCase(Locale.ROOT))
          .collect(Collectors.joining(", "));

  private final Map<ChangeField, String> values = new EnumMap<>(ChangeField.class);
  private final Map<String, String> attributes = new TreeMap<>();

  void put(ChangeField field, String value) throws ChangeRejected {
    if (values.put(field, value) != null) {
      throw ChangeRejected.of("bad_value", field, "is there twice");
    }
  }

  void attribute(String name, String value) throws ChangeRejected {
    if (!ATTRIBUTE.matcher(name).matches() || value.length() > MAX_VALUE) {
      throw ChangeRejected.attributes(
          "attributes: names are up to 64 of A-Za-z0-9._/-, values up to " + MAX_VALUE);
    }
    attributes.put(name, value);
    if (attributes.size() > MAX_ATTRIBUTES) {
      throw ChangeRejected.attributes("attributes: at most " + MAX_ATTRIBUTES);
    }
  }

  ChangeEvent finish(String agent, long nowMs) throws ChangeRejected {
    for (Map.Entry<ChangeField, String> each : values.entrySet()) {
      check(each.getKey(), each.getValue());
    }
    ChangeEvent.Builder event =
        ChangeEvent.newBuilder()
            .setTimeMs(timeMs(nowMs))
            .setKind(kind())
            .setScope(scope())
            .setSetup(setup())
            .setTitle(text(ChangeField.TITLE))
            .setLink(text(ChangeField.LINK))
            .setActor(text(ChangeField.ACTOR))
            .setWhy(text(ChangeField.WHY))
            .setRegression(text(ChangeField.REGRESSION))
            .putAllAttributes(attributes);
    if (event.getTitle().isBlank()) {
      throw ChangeRejected.of("missing", ChangeField.TITLE, "is required: one line for people");
    }
    if (event.getKind() == ChangeKind.CHANGE_ACCEPT && event.getRegression().isEmpty()) {
      throw ChangeRejected.of(
          "missing", ChangeField.REGRESSION, "is required: the id of what is accepted");
    }
    String id = text(ChangeField.EVENT_ID);
    event.setEventId(id.isEmpty() ? idOf(event) : id).setAgent(agent);
    if (event.build().getSerializedSize() > MAX_BYTES) {
      throw ChangeRejected.of("too_large", "more than 64 KiB; leave out attributes");
    }
    return event.build();
  }

  /** The same for the same content, by whichever agent it is taken in. */
  private String idOf(ChangeEvent.Builder event) {
    // Not the record's own bytes: Protobuf does not promise the order of a map.
    String content = event.getTimeMs() + "\u001d" + new TreeMap<>(values) + "\u001d" + attributes;
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      byte[] hash = sha.digest(content.getBytes(java.nio.charset.StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is part of every JDK", e);
    }
  }

  private static void check(ChangeField field, String value) throws ChangeRejected {
    switch (field.type()) {
      case NAME ->
          require(NAME.matcher(value).matches(), field, "up to 200 letters, digits, ._:/@+=~#()-");
      case LINE ->
          require(
              value.length() <= MAX_LINE && value.chars().noneMatch(Character::isISOControl),
              field,
              "one line of up to " + MAX_LINE + " characters");
      case TEXT -> require(value.length() <= MAX_TEXT, field, "up to " + MAX_TEXT + " characters");
      case LINK ->
          require(
              value.isEmpty() || LINK.matcher(value).matches(),
              field,
              "an address that starts with https:// or http://");
      case SMALL -> require(whole(value) <= MAX_SMALL, field, "a whole number, 0 to 65535");
      case WHOLE -> require(whole(value) <= 1L << 53, field, "a whole number, not negative");
      case NUMBER -> require(number(value) <= MAX_NUMBER, field, "a number, 0 to a million");
    }
  }

  private static void require(boolean holds, ChangeField field, String message)
      throws ChangeRejected {
    if (!holds) {
      throw ChangeRejected.of("bad_value", field, message);
    }
  }

  /** Long.MAX_VALUE where it is none. */
  private static long whole(String value) {
    return value.matches("[0-9]{1,16}") ? Long.parseLong(value) : Long.MAX_VALUE;
  }

  /** Infinite where it is none. */
  private static double number(String value) {
    return value.matches("[0-9]{1,9}(\\.[0-9]{1,9})?")
        ? Double.parseDouble(value)
        : Double.POSITIVE_INFINITY;
  }

  private long timeMs(long nowMs) throws ChangeRejected {
    String ms = text(ChangeField.TIME_MS);
    String text = text(ChangeField.TIME);
    if (!ms.isEmpty() && !text.isEmpty()) {
      throw ChangeRejected.of("bad_value", ChangeField.TIME, "give time or time_ms, not both");
    }
    long time = ms.isEmpty() ? nowMs : whole(ms);
    if (!text.isEmpty()) {
      try {
        time = OffsetDateTime.parse(text).toInstant().toEpochMilli();
      } catch (DateTimeParseException e) {
        throw ChangeRejected.of(
            "bad_value", ChangeField.TIME, "is written as " + Instant.ofEpochSecond(1_763_725_000));
      }
    }
    if (time <= 0 || time > nowMs + MAX_AHEAD_MS) {
      throw ChangeRejected.of(
          "bad_value",
          ms.isEmpty() ? ChangeField.TIME : ChangeField.TIME_MS,
          "after 1970 and at most a year ahead; time_ms is in milliseconds");
    }
    return time;
  }

  private ChangeKind kind() throws ChangeRejected {
    String text = text(ChangeField.KIND);
    for (ChangeKind kind : ChangeKind.values()) {
      if (isTold(kind) && kind.name().equals("CHANGE_" + text.toUpperCase(Locale.ROOT))) {
        return kind;
      }
    }
    throw ChangeRejected.of(
        text.isEmpty() ? "missing" : "bad_value", ChangeField.KIND, "is one of " + KINDS);
  }

  private static boolean isTold(ChangeKind kind) {
    return kind != ChangeKind.UNRECOGNIZED && kind != ChangeKind.CHANGE_UNSPECIFIED;
  }

  private ChangeScope scope() {
    return ChangeScope.newBuilder()
        .setRegion(text(ChangeField.REGION))
        .setCluster(text(ChangeField.CLUSTER))
        .setNode(text(ChangeField.NODE))
        .setHardware(text(ChangeField.HARDWARE))
        .setModel(text(ChangeField.MODEL))
        .setWorkload(text(ChangeField.WORKLOAD))
        .setDeployment(text(ChangeField.DEPLOYMENT))
        .build();
  }

  private ChangeSetup setup() {
    ChangeSetup.Builder setup =
        ChangeSetup.newBuilder()
            .setEngine(text(ChangeField.ENGINE))
            .setEngineVersion(text(ChangeField.ENGINE_VERSION))
            .setDriver(text(ChangeField.DRIVER))
            .setSpeculativeDecoding(text(ChangeField.SPECULATIVE_DECODING))
            .setConfigHash(text(ChangeField.CONFIG_HASH));
    if (has(ChangeField.TENSOR_PARALLEL)) {
      setup.setTensorParallel((int) whole(text(ChangeField.TENSOR_PARALLEL)));
    }
    if (has(ChangeField.PIPELINE_PARALLEL)) {
      setup.setPipelineParallel((int) whole(text(ChangeField.PIPELINE_PARALLEL)));
    }
    if (has(ChangeField.DATA_PARALLEL)) {
      setup.setDataParallel((int) whole(text(ChangeField.DATA_PARALLEL)));
    }
    if (has(ChangeField.MAX_BATCH)) {
      setup.setMaxBatch(whole(text(ChangeField.MAX_BATCH)));
    }
    if (has(ChangeField.POWER_LIMIT_W)) {
      setup.setPowerLimitMilliwatts(Math.round(number(text(ChangeField.POWER_LIMIT_W)) * 1000));
    }
    return setup.build();
  }

  private boolean has(ChangeField field) {
    return values.containsKey(field);
  }

  private String text(ChangeField field) {
    return values.getOrDefault(field, "");
  }
}
