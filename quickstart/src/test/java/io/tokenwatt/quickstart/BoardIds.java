package io.tokenwatt.quickstart;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * A board's name in the store from its name on an exporter's page: NVIDIA's UUIDs stay as they are,
 * any other text (AMD's serial number) is known by the first 16 bytes of its SHA-256.
 */
final class BoardIds {
  private BoardIds() {}

  static String stored(String written) {
    if (written.startsWith("GPU-")) {
      return written;
    }
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(written.getBytes(StandardCharsets.UTF_8));
      ByteBuffer bytes = ByteBuffer.wrap(hash);
      return "GPU-" + new UUID(bytes.getLong(), bytes.getLong());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  static Map<String, Long> stored(Map<String, Long> byWritten) {
    Map<String, Long> byStored = new TreeMap<>();
    byWritten.forEach((written, value) -> byStored.put(stored(written), value));
    return byStored;
  }
}
