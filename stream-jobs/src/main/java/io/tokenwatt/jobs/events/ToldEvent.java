package io.tokenwatt.jobs.events;

import io.tokenwatt.jobs.changes.ToldCheck;
import io.tokenwatt.model.proto.ChangeEvent;
import io.tokenwatt.model.proto.ChangeKind;
import io.tokenwatt.model.proto.ChangeScope;
import io.tokenwatt.model.proto.ChangeSetup;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** An event from the options of the command line, checked as the job will check it. */
final class ToldEvent {
  private static final Set<String> SCOPE =
      Set.of("region", "cluster", "node", "hardware", "model", "workload", "deployment");
  private static final int ID_BYTES = 16;

  private ToldEvent() {}

  /**
   * @throws IOException naming the option that is wrong
   */
  static ChangeEvent of(Map<String, String> fields, Map<String, String> attributes)
      throws IOException {
    ChangeEvent.Builder event = ChangeEvent.newBuilder().putAllAttributes(attributes);
    for (Map.Entry<String, String> each : fields.entrySet()) {
      try {
        put(event, each.getKey(), each.getValue());
      } catch (ArithmeticException | DateTimeException | IllegalArgumentException e) {
        throw new IOException(
            "--%s %s is not understood; see collectors/EVENTS.md"
                .formatted(each.getKey().replace('_', '-'), each.getValue()),
            e);
      }
    }
    if (event.getEventId().isEmpty()) {
      event.setEventId(digest(new TreeMap<>(fields) + "\u001d" + new TreeMap<>(attributes)));
    }
    ToldCheck.Result check =
        ToldCheck.decode(
            event.getEventId(), event.build().toByteArray(), System.currentTimeMillis());
    if (check.event().isEmpty()) {
      throw new IOException("the event is not complete: " + check.reason() + ", " + check.detail());
    }
    return event.build();
  }

  private static void put(ChangeEvent.Builder event, String field, String value) {
    ChangeSetup.Builder setup = event.getSetupBuilder();
    switch (field) {
      case "kind" -> event.setKind(ChangeKind.valueOf("CHANGE_" + value.toUpperCase(Locale.ROOT)));
      case "time" -> event.setTimeMs(OffsetDateTime.parse(value).toInstant().toEpochMilli());
      case "tensor_parallel" -> setup.setTensorParallel(Integer.parseInt(value));
      case "pipeline_parallel" -> setup.setPipelineParallel(Integer.parseInt(value));
      case "data_parallel" -> setup.setDataParallel(Integer.parseInt(value));
      case "max_batch" -> setup.setMaxBatch(Long.parseLong(value));
      case "power_limit_w" ->
          setup.setPowerLimitMilliwatts(new BigDecimal(value).movePointRight(3).longValueExact());
      default -> text(event, field, value);
    }
  }

  /** Texts have the names of the fields of the record, of its scope or of its setup. */
  private static void text(ChangeEvent.Builder event, String field, String value) {
    var whole = ChangeEvent.getDescriptor().findFieldByName(field);
    if (whole != null) {
      event.setField(whole, value);
    } else if (SCOPE.contains(field)) {
      ChangeScope.Builder scope = event.getScopeBuilder();
      scope.setField(ChangeScope.getDescriptor().findFieldByName(field), value);
    } else {
      ChangeSetup.Builder setup = event.getSetupBuilder();
      setup.setField(ChangeSetup.getDescriptor().findFieldByName(field), value);
    }
  }

  private static String digest(String text) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of()
          .formatHex(sha.digest(text.getBytes(StandardCharsets.UTF_8)), 0, ID_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is part of every JDK", e);
    }
  }
}
