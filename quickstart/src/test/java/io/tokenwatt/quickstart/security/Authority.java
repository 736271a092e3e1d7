package io.tokenwatt.quickstart.security;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import okhttp3.tls.HeldCertificate;

/** A CA of the test's own and what it signs, as PEM files. */
final class Authority {
  private final Path folder;
  private final HeldCertificate ca =
      new HeldCertificate.Builder().certificateAuthority(0).commonName("test CA").build();

  Authority(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
  }

  /** What clients trust. */
  Path ca() throws IOException {
    return Files.writeString(folder.resolve("ca.pem"), ca.certificatePem());
  }

  /** For localhost and 127.0.0.1. */
  HeldCertificate server() {
    return signed("server", this::local);
  }

  HeldCertificate serverNamed(String name) {
    return signed(name, builder -> builder.addSubjectAlternativeName(name));
  }

  HeldCertificate expiredServer() {
    long yesterday = System.currentTimeMillis() - TimeUnit.DAYS.toMillis(1);
    return signed(
        "expired",
        builder ->
            local(builder).validityInterval(yesterday - TimeUnit.DAYS.toMillis(1), yesterday));
  }

  HeldCertificate client(String name) {
    return signed(name, builder -> builder);
  }

  private HeldCertificate.Builder local(HeldCertificate.Builder builder) {
    return builder.addSubjectAlternativeName("localhost").addSubjectAlternativeName("127.0.0.1");
  }

  private HeldCertificate signed(String name, UnaryOperator<HeldCertificate.Builder> more) {
    return more.apply(new HeldCertificate.Builder().commonName(name).signedBy(ca)).build();
  }

  /** Key and certificate in one file. */
  Path keys(String name, HeldCertificate held) throws IOException {
    return Files.writeString(
        folder.resolve(name + "-keys.pem"), held.privateKeyPkcs8Pem() + held.certificatePem());
  }

  Path certificate(String name, HeldCertificate held) throws IOException {
    return Files.writeString(folder.resolve(name + ".pem"), held.certificatePem());
  }

  Path key(String name, HeldCertificate held) throws IOException {
    return Files.writeString(folder.resolve(name + "-key.pem"), held.privateKeyPkcs8Pem());
  }
}
