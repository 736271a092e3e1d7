package io.tokenwatt.collectors.exporters;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A board's identity, 16 bytes: those of "GPU-xxxxxxxx-xxxx-…" or "MIG-…" (the prefix may be
 * missing, as nvidia_gpu_exporter and AMD write it), else the first 16 bytes of the SHA-256 of the
 * text, so that any stable text identifies a board and two exporters of one board agree. Immutable.
 */
public record GpuId(long high, long low) {
  private static final int UUID_CHARS = 36;

  /** The identity behind a label value, which must not be empty. */
  public static GpuId of(String text) {
    boolean prefixed = text.startsWith("GPU-") || text.startsWith("MIG-");
    String hex = prefixed ? text.substring(4) : text;
    return isUuid(hex) ? parse(hex) : hash(text);
  }

  private static boolean isUuid(String text) {
    if (text.length() != UUID_CHARS) {
      return false;
    }
    for (int i = 0; i < UUID_CHARS; i++) {
      boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
      char c = text.charAt(i);
      if (dash ? c != '-' : !HexFormat.isHexDigit(c)) {
        return false;
      }
    }
    return true;
  }

  private static GpuId parse(String hex) {
    String digits = hex.replace("-", "");
    return new GpuId(
        HexFormat.fromHexDigitsToLong(digits, 0, 16),
        HexFormat.fromHexDigitsToLong(digits, 16, 32));
  }

  private static GpuId hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      ByteBuffer bytes = ByteBuffer.wrap(digest);
      return new GpuId(bytes.getLong(), bytes.getLong());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The 16 bytes, most significant first, as in NodeSample's {@code uuids}. */
  public byte[] bytes() {
    return ByteBuffer.allocate(16).putLong(high).putLong(low).array();
  }

  /** NVIDIA's form, "GPU-" and the 32 digits in groups, in lower case. */
  @Override
  public String toString() {
    String digits = HexFormat.of().formatHex(bytes());
    return String.join(
        "-",
        "GPU",
        digits.substring(0, 8),
        digits.substring(8, 12),
        digits.substring(12, 16),
        digits.substring(16, 20),
        digits.substring(20));
  }
}
