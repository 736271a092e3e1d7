package io.tokenwatt.jobs.regression;

import static java.util.Objects.requireNonNull;

import io.tokenwatt.model.Cell;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * What is watched by itself: all cells of one workload that do the same work on the same hardware
 * in one region, whatever their cluster, deployment and price. Never null, "" where unknown.
 */
public record Series(
    String region, String hardware, String model, String precision, String role, String workload) {
  public Series {
    requireNonNull(region, "region is null");
    requireNonNull(hardware, "hardware is null");
    requireNonNull(model, "model is null");
    requireNonNull(precision, "precision is null");
    requireNonNull(role, "role is null");
    requireNonNull(workload, "workload is null");
  }

  public static Series of(Cell cell) {
    return new Series(
        cell.region(),
        cell.hardware(),
        cell.model(),
        cell.precision(),
        cell.role(),
        cell.workload());
  }

  /**
   * A 64-bit key, the same in every process and release: the first 8 bytes (big-endian) of SHA-256
   * over the values joined by U+001F.
   */
  public long id() {
    return Long.parseUnsignedLong(hash(""), 16);
  }

  /** The id of what began in this series at {@code startedMs}: 16 hex digits. */
  String regressionId(long startedMs) {
    return hash("\u001f" + startedMs);
  }

  private String hash(String suffix) {
    String text =
        String.join("\u001f", List.of(region, hardware, model, precision, role, workload)) + suffix;
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, Long.BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is part of every JDK", e);
    }
  }
}
