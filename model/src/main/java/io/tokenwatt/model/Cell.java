package io.tokenwatt.model;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/**
 * What every fact is counted by: fifteen dimensions, never null, "" where unknown. Two nodes with
 * the same fifteen values add up in one row. Immutable.
 */
public record Cell(
    String region,
    String cluster,
    String siteKind,
    String provider,
    String purchaseOption,
    String hardware,
    String model,
    String precision,
    String workload,
    String owner,
    String deployment,
    String engine,
    String role,
    String task,
    String kind) {

  /** Column names in the order of the components; the same in ClickHouse, Kafka and reports. */
  public static final List<String> COLUMNS =
      List.of(
          "region",
          "cluster",
          "site_kind",
          "provider",
          "purchase_option",
          "hardware",
          "model",
          "precision",
          "workload",
          "owner",
          "deployment",
          "engine",
          "role",
          "task",
          "kind");

  /** Workload of boards that nobody owns. */
  public static final String UNALLOCATED = "(unallocated)";

  /** Workload of boards that are in use by one of several engines, which one is not known. */
  public static final String UNATTRIBUTED = "(unattributed)";

  public Cell {
    requireNonNull(region, "region is null");
    requireNonNull(cluster, "cluster is null");
    requireNonNull(siteKind, "siteKind is null");
    requireNonNull(provider, "provider is null");
    requireNonNull(purchaseOption, "purchaseOption is null");
    requireNonNull(hardware, "hardware is null");
    requireNonNull(model, "model is null");
    requireNonNull(precision, "precision is null");
    requireNonNull(workload, "workload is null");
    requireNonNull(owner, "owner is null");
    requireNonNull(deployment, "deployment is null");
    requireNonNull(engine, "engine is null");
    requireNonNull(role, "role is null");
    requireNonNull(task, "task is null");
    requireNonNull(kind, "kind is null");
  }

  /** The values in the order of {@link #COLUMNS}. */
  public List<String> values() {
    return List.of(
        region,
        cluster,
        siteKind,
        provider,
        purchaseOption,
        hardware,
        model,
        precision,
        workload,
        owner,
        deployment,
        engine,
        role,
        task,
        kind);
  }

  /**
   * A 64-bit key, the same in every process and release: the first 8 bytes (big-endian) of SHA-256
   * over the values joined by U+001F. A million cells collide with probability 3e-8.
   */
  public long id() {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(String.join("\u001f", values()).getBytes(StandardCharsets.UTF_8));
      long id = 0;
      for (int i = 0; i < Long.BYTES; i++) {
        id = id << 8 | digest[i] & 0xff;
      }
      return id;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is part of every JDK", e);
    }
  }
}
