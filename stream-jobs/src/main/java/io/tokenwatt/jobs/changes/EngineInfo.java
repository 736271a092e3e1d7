package io.tokenwatt.jobs.changes;

import io.tokenwatt.model.fact.ChangeEvent.Setup;
import io.tokenwatt.model.proto.Engine;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads what engines say of themselves. Names are those that vLLM, SGLang, TGI and TensorRT-LLM
 * give to their options; exporters.d decides which of them travel.
 */
final class EngineInfo {
  /** Differ at every start of one and the same deployment; the agent's key leaves them out too. */
  private static final Set<String> VOLATILE = Set.of("num_gpu_blocks", "num_cpu_blocks");

  private static final int MAX_ENTRIES = 64;
  private static final String ENGINE = "engine";
  private static final String DRIVER = "driver";
  private static final int HASH_BYTES = 8;

  private static final List<String> VERSION = List.of("version", "engine_version", "image");
  private static final List<String> TENSOR = List.of("tensor_parallel_size", "tp_size", "tp");
  private static final List<String> PIPELINE = List.of("pipeline_parallel_size", "pp_size", "pp");
  private static final List<String> DATA = List.of("data_parallel_size", "dp_size", "dp");
  private static final List<String> BATCH =
      List.of("max_num_seqs", "max_running_requests", "max_batch_size", "max_concurrent_requests");
  private static final List<String> SPECULATIVE =
      List.of(
          "speculative_method",
          "speculative_algorithm",
          "speculative_decoding",
          "speculative_model",
          "speculative_config");

  private EngineInfo() {}

  /** Sorted, without what differs at every start; of several engines the first that says it. */
  static Map<String, String> of(List<Engine> engines, String driver) {
    TreeMap<String, String> all = new TreeMap<>();
    all.put(DRIVER, driver);
    for (Engine engine : engines) {
      all.putIfAbsent(ENGINE, engine.getKind());
      engine.getInfoMap().forEach(all::putIfAbsent);
    }
    all.keySet().removeAll(VOLATILE);
    while (all.size() > MAX_ENTRIES) {
      all.pollLastEntry();
    }
    return all;
  }

  /** Equal for equal kinds and infos, whatever their order; replicas that are alike count once. */
  static long fingerprint(String deployment, List<Engine> engines) {
    long sum = mix(deployment.hashCode());
    long[] seen = new long[engines.size()];
    for (int i = 0; i < seen.length; i++) {
      seen[i] = fingerprint(engines.get(i));
      boolean again = false;
      for (int j = 0; j < i; j++) {
        again |= seen[j] == seen[i];
      }
      sum += again ? 0 : seen[i];
    }
    return sum;
  }

  private static long fingerprint(Engine engine) {
    long sum = engine.getKind().hashCode();
    for (Map.Entry<String, String> entry : engine.getInfoMap().entrySet()) {
      if (!VOLATILE.contains(entry.getKey())) {
        sum += mix((long) entry.getKey().hashCode() << 32 ^ entry.getValue().hashCode());
      }
    }
    return mix(sum);
  }

  /** The finalizer of SplitMix64. */
  private static long mix(long value) {
    long z = value + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  static Setup setup(Map<String, String> info, Long powerLimitMw) {
    return new Setup(
        info.getOrDefault(ENGINE, ""),
        text(info, VERSION),
        info.getOrDefault(DRIVER, ""),
        small(info, TENSOR),
        small(info, PIPELINE),
        small(info, DATA),
        whole(info, BATCH),
        text(info, SPECULATIVE),
        powerLimitMw,
        hash(info));
  }

  private static String text(Map<String, String> info, List<String> names) {
    for (String name : names) {
      String value = info.getOrDefault(name, "");
      if (!value.isEmpty() && !value.equalsIgnoreCase("none") && !value.equalsIgnoreCase("null")) {
        return value;
      }
    }
    return "";
  }

  private static Integer small(Map<String, String> info, List<String> names) {
    Long value = whole(info, names);
    return value == null || value > 0xFFFF ? null : (Integer) value.intValue();
  }

  private static Long whole(Map<String, String> info, List<String> names) {
    String text = text(info, names);
    return text.matches("[0-9]{1,15}") ? (Long) Long.parseLong(text) : null;
  }

  /** "" where the engine says nothing but its kind. */
  private static String hash(Map<String, String> info) {
    TreeMap<String, String> options = new TreeMap<>(info);
    options.remove(DRIVER);
    return options.keySet().equals(Set.of(ENGINE)) || options.isEmpty()
        ? ""
        : digest(options.toString(), HASH_BYTES);
  }

  /** The first bytes of SHA-256, in hex. */
  static String digest(String text, int bytes) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is part of every JDK", e);
    }
  }
}
