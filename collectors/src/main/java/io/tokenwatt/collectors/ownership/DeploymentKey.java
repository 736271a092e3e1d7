package io.tokenwatt.collectors.ownership;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The key of a deployment: {@code workload@8 hex digits}. The digits are the first 4 bytes of
 * SHA-256 over everything whose change starts a new baseline: engine kind and self-description,
 * driver, binding. The order of engines and of info does not matter; two replicas alike count once.
 */
final class DeploymentKey {
  // Differ at every start of one and the same deployment.
  private static final Set<String> VOLATILE = Set.of("num_gpu_blocks", "num_cpu_blocks");

  private DeploymentKey() {}

  static String of(
      String workload, Collection<KnownEngine> engines, String driver, String binding) {
    TreeSet<String> parts = new TreeSet<>();
    for (KnownEngine engine : engines) {
      TreeMap<String, String> info = new TreeMap<>(engine.info());
      info.keySet().removeAll(VOLATILE);
      parts.add(engine.kind() + "\u001f" + info);
    }
    String text = String.join("\u001e", parts) + "\u001d" + driver + "\u001d" + binding;
    return workload + "@" + digest(text);
  }

  private static String digest(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 4);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is part of every JDK", e);
    }
  }
}
