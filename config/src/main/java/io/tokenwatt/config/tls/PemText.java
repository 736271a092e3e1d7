package io.tokenwatt.config.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of a PEM file. What stands around its blocks is ignored, as openssl does. All methods
 * throw IllegalArgumentException that names the file and what to do; none shows a key. Immutable.
 */
final class PemText {
  private static final int MAX_BYTES = 1 << 20;
  private static final Pattern CERTIFICATE =
      Pattern.compile("-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----");
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]+)-----END PRIVATE KEY-----");
  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");

  private final Path file;
  private final String text;

  private PemText(Path file, String text) {
    this.file = file;
    this.text = text;
  }

  static PemText read(Path file) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new IllegalArgumentException(file + " is larger than 1MiB, which no PEM file is");
      }
      return new PemText(file, Files.readString(file, StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      throw new IllegalArgumentException(file + " cannot be read: " + e, e);
    }
  }

  /** The certificates alone, at least one, without what stands around them. */
  String certificateBlocks() {
    StringBuilder blocks = new StringBuilder();
    Matcher matcher = CERTIFICATE.matcher(text);
    while (matcher.find()) {
      blocks.append(matcher.group()).append('\n');
    }
    if (blocks.length() == 0) {
      throw new IllegalArgumentException(
          file + " holds no certificate; expected PEM text with -----BEGIN CERTIFICATE-----");
    }
    return blocks.toString();
  }

  List<Certificate> certificates() {
    byte[] blocks = certificateBlocks().getBytes(StandardCharsets.ISO_8859_1);
    try {
      return List.copyOf(
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(blocks)));
    } catch (CertificateException e) {
      throw new IllegalArgumentException(file + " holds a broken certificate: " + e, e);
    }
  }

  /** An RSA, EC or Ed25519 key in PKCS #8, not encrypted. */
  PrivateKey key() {
    Matcher matcher = KEY.matcher(text);
    if (!matcher.find()) {
      boolean other = text.contains("PRIVATE KEY-----");
      throw new IllegalArgumentException(
          file
              + (other
                  ? " holds its key in another form than plain PKCS #8; convert it with"
                      + " openssl pkcs8 -topk8 -nocrypt -in OLD -out NEW"
                  : " holds no key; expected PEM text with -----BEGIN PRIVATE KEY-----"));
    }
    PKCS8EncodedKeySpec spec;
    try {
      spec = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(matcher.group(1)));
    } catch (IllegalArgumentException e) {
      // Not as a cause: its message may quote the key.
      throw new IllegalArgumentException(file + " holds a key that is not base64");
    }
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(spec);
      } catch (GeneralSecurityException notThisOne) {
        continue;
      }
    }
    throw new IllegalArgumentException(file + " holds a key that is none of " + ALGORITHMS);
  }
}
