package io.tokenwatt.config.tls;

import io.tokenwatt.config.Section;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The PEM files of a TLS client. Read when they are asked for; a certificate that was replaced is
 * used from the next start on. Immutable.
 *
 * @param ca certificates that are trusted instead of the platform's
 * @param certificate what this client shows, followed by what it is signed with; together with
 *     {@code key}
 * @param key its key, PKCS #8, not encrypted
 */
public record TlsFiles(Optional<Path> ca, Optional<Path> certificate, Optional<Path> key) {
  /** The platform's certificates; nothing is shown. */
  public static final TlsFiles PLATFORM =
      new TlsFiles(Optional.empty(), Optional.empty(), Optional.empty());

  /**
   * @throws IllegalArgumentException if only one of certificate and key is given
   */
  public TlsFiles {
    if (certificate.isPresent() != key.isPresent()) {
      throw new IllegalArgumentException("certificate and key are given together");
    }
  }

  /** Trusts what is signed by the certificates of this file only. */
  public static TlsFiles trusting(Path ca) {
    return new TlsFiles(Optional.of(ca), Optional.empty(), Optional.empty());
  }

  /** Reads the mapping {@code tls}; files that cannot be used are problems of their keys. */
  public static TlsFiles of(Section tls) {
    Optional<Path> ca = usable(tls, "ca", TlsFiles::certificateBlocks);
    Optional<Path> certificate = usable(tls, "certificate", TlsFiles::certificateBlocks);
    Optional<Path> key = usable(tls, "key", file -> PemText.read(file).key());
    if (tls.has("certificate") != tls.has("key")) {
      tls.reject(tls.has("key") ? "key" : "certificate", "certificate and key are given together");
    }
    boolean pair = certificate.isPresent() && key.isPresent();
    return new TlsFiles(ca, certificate.filter(file -> pair), key.filter(file -> pair));
  }

  private static Optional<Path> usable(Section tls, String key, Consumer<Path> read) {
    Optional<Path> file = tls.path(key);
    try {
      file.ifPresent(read);
      return file;
    } catch (IllegalArgumentException e) {
      tls.reject(key, e.getMessage());
      return Optional.empty();
    }
  }

  private static String certificateBlocks(Path file) {
    PemText pem = PemText.read(file);
    pem.certificates();
    return pem.certificateBlocks();
  }

  /** {@link #ca} as PEM text, the certificates alone. */
  public Optional<String> caText() {
    return ca.map(TlsFiles::certificateBlocks);
  }

  /** {@link #certificate} as PEM text, the certificates alone. */
  public Optional<String> certificateText() {
    return certificate.map(TlsFiles::certificateBlocks);
  }

  /** {@link #key} as PEM text in PKCS #8. A secret. */
  public Optional<String> keyText() {
    return key.map(file -> block("PRIVATE KEY", PemText.read(file).key()));
  }

  /**
   * As {@link #keyText}, the algorithm named in the first line: ClickHouse's Java client takes the
   * key for RSA where it is not. A secret.
   */
  public Optional<String> keyTextWithAlgorithm() {
    return key.map(
        file -> {
          PrivateKey read = PemText.read(file).key();
          return block(read.getAlgorithm() + " PRIVATE KEY", read);
        });
  }

  private static String block(String name, PrivateKey key) {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded());
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(name, base64);
  }
}
