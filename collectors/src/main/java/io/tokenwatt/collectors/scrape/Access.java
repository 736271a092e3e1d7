package io.tokenwatt.collectors.scrape;

import io.tokenwatt.config.Secret;
import io.tokenwatt.config.tls.TlsFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import okhttp3.Credentials;

/**
 * How a target is spoken to. At most one of the three credentials is there.
 *
 * @param bearer sent as "Authorization: Bearer"
 * @param bearerFile file with such a token, read before each request, since tokens rotate
 * @param basic sent as "Authorization: Basic"
 * @param tls what is trusted and shown where the address is https
 */
public record Access(
    Optional<Secret> bearer, Optional<Path> bearerFile, Optional<Login> basic, TlsFiles tls) {
  /** No credentials, the platform's certificates. */
  public static final Access OPEN =
      new Access(Optional.empty(), Optional.empty(), Optional.empty(), TlsFiles.PLATFORM);

  private static final int MAX_TOKEN_BYTES = 64 << 10;

  public record Login(String username, Secret password) {}

  public Access {
    int given = (bearer.isPresent() ? 1 : 0) + (bearerFile.isPresent() ? 1 : 0);
    if (given + (basic.isPresent() ? 1 : 0) > 1) {
      throw new IllegalArgumentException(
          "bearer_token, bearer_token_file and basic exclude each other");
    }
  }

  public static Access bearer(Secret token) {
    return new Access(Optional.of(token), Optional.empty(), Optional.empty(), TlsFiles.PLATFORM);
  }

  public static Access basic(Login login) {
    return new Access(Optional.empty(), Optional.empty(), Optional.of(login), TlsFiles.PLATFORM);
  }

  public Access withTls(TlsFiles newTls) {
    return new Access(bearer, bearerFile, basic, newTls);
  }

  /**
   * The value of header Authorization for the next request; empty = none. A secret.
   *
   * @throws IOException if the token's file cannot be read, or is no token
   */
  public Optional<String> authorization() throws IOException {
    if (bearerFile.isPresent()) {
      return Optional.of("Bearer " + token(bearerFile.get()));
    }
    return bearer
        .map(token -> "Bearer " + token.reveal())
        .or(
            () ->
                basic.map(
                    login ->
                        Credentials.basic(
                            login.username(), login.password().reveal(), StandardCharsets.UTF_8)));
  }

  private static String token(Path file) throws IOException {
    if (Files.size(file) > MAX_TOKEN_BYTES) {
      throw new IOException("bearer_token_file " + file + " is larger than 64KiB");
    }
    String token = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
    // okhttp would say which character is wrong, and with it the token.
    if (!token.matches("[\\x21-\\x7e]+")) {
      throw new IOException("bearer_token_file " + file + " holds no token of plain characters");
    }
    return token;
  }
}
