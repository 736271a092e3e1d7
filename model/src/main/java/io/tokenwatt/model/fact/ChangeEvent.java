package io.tokenwatt.model.fact;

import java.util.Locale;
import java.util.Map;

/**
 * One row of {@code events}: something that was changed, as somebody told or as the job saw it in
 * the samples. Texts are "" where unknown.
 *
 * @param eventId the same however often the event is told, detected or written
 * @param timeMs since when it holds, Unix ms
 * @param title one line for people
 * @param actor who says so: a person or a CI job; "" for what was detected
 * @param regression {@link Kind#ACCEPT}: id of the regression whose level is accepted; else ""
 * @param attributes further facts, such as {@code from} and {@code to}; not to be changed
 * @param version of two rows with one key the higher one is the truth; Kafka's record time, Unix ms
 */
public record ChangeEvent(
    String eventId,
    long timeMs,
    Kind kind,
    Origin origin,
    Scope scope,
    Setup setup,
    String title,
    String link,
    String actor,
    String why,
    String regression,
    Map<String, String> attributes,
    long version) {

  /** What was changed. */
  public enum Kind {
    DEPLOYMENT,
    DRIVER,
    POWER_LIMIT,
    /** Options of an engine or of an agent. */
    CONFIG,
    MAINTENANCE,
    NOTE,
    /** Changes no machine: a regression's level is accepted as the new baseline. */
    ACCEPT,
    /** A serving process started again with what it had before. */
    RESTART;

    /** As in column kind. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** How it is known. */
  public enum Origin {
    TOLD,
    DETECTED,
    /** What a node ran when it was first seen: a description, no change. */
    FIRST_SEEN;

    /** As in column origin. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What it touches, by the names of the facts; "" = all. */
  public record Scope(
      String region,
      String cluster,
      String node,
      String hardware,
      String model,
      String workload,
      String deployment) {
    public static final Scope ALL = new Scope("", "", "", "", "", "", "");
  }

  /**
   * What runs from then on; null or "" = unknown or not touched.
   *
   * @param tensorParallel boards that one layer is split over
   * @param pipelineParallel stages of layers
   * @param dataParallel replicas behind one address
   * @param maxBatch requests that an engine runs at once
   * @param powerLimitMw per board, mW
   */
  public record Setup(
      String engine,
      String engineVersion,
      String driver,
      Integer tensorParallel,
      Integer pipelineParallel,
      Integer dataParallel,
      Long maxBatch,
      String speculativeDecoding,
      Long powerLimitMw,
      String configHash) {
    public static final Setup UNKNOWN = new Setup("", "", "", null, null, null, null, "", null, "");
  }

  /** Whether a machine or an engine may behave otherwise since: what a suspect can be. */
  public boolean isChange() {
    return origin != Origin.FIRST_SEEN && kind != Kind.ACCEPT && kind != Kind.NOTE;
  }
}
