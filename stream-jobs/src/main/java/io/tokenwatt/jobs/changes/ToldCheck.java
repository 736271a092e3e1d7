package io.tokenwatt.jobs.changes;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tokenwatt.model.fact.ChangeEvent;
import io.tokenwatt.model.fact.ChangeEvent.Kind;
import io.tokenwatt.model.fact.ChangeEvent.Origin;
import io.tokenwatt.model.fact.ChangeEvent.Scope;
import io.tokenwatt.model.fact.ChangeEvent.Setup;
import io.tokenwatt.model.proto.ChangeKind;
import io.tokenwatt.model.proto.ChangeScope;
import io.tokenwatt.model.proto.ChangeSetup;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Decodes a told event and checks that it says enough. Never throws. */
public final class ToldCheck {
  private static final int MAX_BYTES = 64 << 10;

  /** How far ahead a change may be announced, or a clock be wrong. */
  private static final long MAX_AHEAD_MS = 366 * 24 * 3_600_000L;

  private static final int MAX_SMALL = 0xFFFF;

  private ToldCheck() {}

  /**
   * An event, or why there is none.
   *
   * @param reason short and stable
   * @param detail for people
   */
  public record Result(Optional<ChangeEvent> event, String reason, String detail) {
    private static Result bad(String reason, String detail) {
      return new Result(Optional.empty(), reason, detail);
    }
  }

  /**
   * @param key the Kafka record's key, which must be the event's id
   * @param recordMs Kafka's record time
   */
  public static Result decode(String key, byte[] value, long recordMs) {
    if (value.length == 0) {
      return Result.bad("empty", "record without a value");
    }
    if (value.length > MAX_BYTES) {
      return Result.bad("too_large", value.length + " bytes; at most " + MAX_BYTES);
    }
    io.tokenwatt.model.proto.ChangeEvent told;
    try {
      told = io.tokenwatt.model.proto.ChangeEvent.parseFrom(value);
    } catch (InvalidProtocolBufferException e) {
      return Result.bad("not_protobuf", String.valueOf(e.getMessage()));
    }
    if (told.getEventId().isEmpty() || !told.getEventId().equals(key)) {
      return Result.bad("wrong_key", "key '" + key + "', event_id '" + told.getEventId() + "'");
    }
    return said(told, recordMs);
  }

  private static Result said(io.tokenwatt.model.proto.ChangeEvent told, long recordMs) {
    Optional<Kind> kind = kind(told.getKind());
    if (kind.isEmpty()) {
      return Result.bad("bad_kind", "kind " + told.getKindValue());
    }
    if (told.getTimeMs() <= 0 || told.getTimeMs() > recordMs + MAX_AHEAD_MS) {
      return Result.bad("bad_time", "time_ms " + told.getTimeMs());
    }
    if (told.getTitle().isBlank()) {
      return Result.bad("missing", "title");
    }
    if (kind.get() == Kind.ACCEPT && told.getRegression().isEmpty()) {
      return Result.bad("missing", "regression: what is accepted");
    }
    if (!isWithinBounds(told.getSetup())) {
      return Result.bad("bad_setup", "parallelism is 0 to 65535, other numbers are not negative");
    }
    return new Result(Optional.of(event(told, kind.get(), recordMs)), "", "");
  }

  private static Optional<Kind> kind(ChangeKind kind) {
    return switch (kind) {
      case CHANGE_DEPLOYMENT -> Optional.of(Kind.DEPLOYMENT);
      case CHANGE_DRIVER -> Optional.of(Kind.DRIVER);
      case CHANGE_POWER_LIMIT -> Optional.of(Kind.POWER_LIMIT);
      case CHANGE_CONFIG -> Optional.of(Kind.CONFIG);
      case CHANGE_MAINTENANCE -> Optional.of(Kind.MAINTENANCE);
      case CHANGE_NOTE -> Optional.of(Kind.NOTE);
      case CHANGE_ACCEPT -> Optional.of(Kind.ACCEPT);
      case CHANGE_RESTART -> Optional.of(Kind.RESTART);
      case CHANGE_UNSPECIFIED, UNRECOGNIZED -> Optional.empty();
    };
  }

  private static boolean isWithinBounds(ChangeSetup setup) {
    return isSmall(setup.getTensorParallel())
        && isSmall(setup.getPipelineParallel())
        && isSmall(setup.getDataParallel())
        && setup.getMaxBatch() >= 0
        && setup.getPowerLimitMilliwatts() >= 0;
  }

  private static boolean isSmall(int value) {
    return value >= 0 && value <= MAX_SMALL;
  }

  private static ChangeEvent event(
      io.tokenwatt.model.proto.ChangeEvent told, Kind kind, long recordMs) {
    Map<String, String> attributes = new TreeMap<>(told.getAttributesMap());
    if (!told.getAgent().isEmpty()) {
      attributes.put("agent", told.getAgent());
    }
    return new ChangeEvent(
        told.getEventId(),
        told.getTimeMs(),
        kind,
        Origin.TOLD,
        scope(told.getScope()),
        setup(told.getSetup()),
        told.getTitle(),
        told.getLink(),
        told.getActor(),
        told.getWhy(),
        told.getRegression(),
        attributes,
        recordMs);
  }

  private static Scope scope(ChangeScope scope) {
    return new Scope(
        scope.getRegion(),
        scope.getCluster(),
        scope.getNode(),
        scope.getHardware(),
        scope.getModel(),
        scope.getWorkload(),
        scope.getDeployment());
  }

  private static Setup setup(ChangeSetup setup) {
    return new Setup(
        setup.getEngine(),
        setup.getEngineVersion(),
        setup.getDriver(),
        setup.hasTensorParallel() ? (Integer) setup.getTensorParallel() : null,
        setup.hasPipelineParallel() ? (Integer) setup.getPipelineParallel() : null,
        setup.hasDataParallel() ? (Integer) setup.getDataParallel() : null,
        setup.hasMaxBatch() ? (Long) setup.getMaxBatch() : null,
        setup.getSpeculativeDecoding(),
        setup.hasPowerLimitMilliwatts() ? (Long) setup.getPowerLimitMilliwatts() : null,
        setup.getConfigHash());
  }
}
