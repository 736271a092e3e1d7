package io.tokenwatt.config.tls;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Why a TLS handshake failed, and what to do about it. Stateless. */
public final class Handshake {
  private Handshake() {}

  /**
   * @param failure what a client threw, with its causes
   * @return what is wrong and what to do; empty where no TLS is behind the failure
   */
  public static Optional<String> problem(Throwable failure) {
    Throwable last = null;
    SSLException tls = null;
    // Longer than any chain of causes; one that holds itself must not keep us here.
    int depth = 0;
    for (Throwable t = failure; t != null && depth < 50; t = t.getCause(), depth++) {
      last = t;
      if (t instanceof CertificateExpiredException) {
        return Optional.of(
            "the server's certificate has expired (%s); renew it there, or set this machine's clock"
                .formatted(t.getMessage()));
      }
      if (t instanceof CertificateNotYetValidException) {
        return Optional.of(
            "the server's certificate is not valid yet (%s); set this machine's clock"
                .formatted(t.getMessage()));
      }
      // A CA of the same name with another key ends in the second.
      if (t instanceof CertPathBuilderException
          || (t instanceof CertPathValidatorException e
              && e.getReason() == CertPathValidatorException.BasicReason.INVALID_SIGNATURE)) {
        return Optional.of(
            "the server's certificate is not signed by a trusted CA; give the CA's certificate as tls.ca");
      }
      if (t instanceof SSLException e) {
        tls = e;
      }
    }
    return tls == null ? Optional.empty() : Optional.of(words(tls, last));
  }

  private static String words(SSLException tls, Throwable last) {
    String said = tls.getMessage() + " " + last.getMessage();
    if (said.contains("subject alternative") || said.contains("not verified")) {
      return "the server's certificate is for another name (%s); use the name in the certificate, or have it issued for this one"
          .formatted(firstLine(last.getMessage()));
    }
    if (said.contains("Received fatal alert: ")
        && (said.contains("certificate") || said.contains("unknown_ca"))) {
      return "the server refuses our certificate (%s); give one that it trusts as tls.certificate and tls.key"
          .formatted(tls.getMessage());
    }
    if (said.contains("Unsupported or unrecognized SSL message")) {
      return "the server does not speak TLS on this port; use its TLS port";
    }
    return "TLS failed: " + firstLine(tls.getMessage());
  }

  private static String firstLine(String text) {
    return String.valueOf(text).lines().findFirst().orElse("");
  }
}
