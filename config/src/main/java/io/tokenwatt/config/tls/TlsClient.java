package io.tokenwatt.config.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** A client's TLS, ready for use. Names of servers are checked by the HTTP client. */
public record TlsClient(SSLContext context, X509TrustManager trust) {

  /**
   * @throws IllegalArgumentException naming the file that cannot be used
   */
  public static TlsClient of(TlsFiles files) {
    try {
      X509TrustManager trust = trust(files.ca());
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys(files), new TrustManager[] {trust}, null);
      return new TlsClient(context, trust);
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException("TLS with " + files + " cannot be set up: " + e, e);
    }
  }

  private static X509TrustManager trust(Optional<Path> ca)
      throws IOException, GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(ca.isPresent() ? trusted(PemText.read(ca.get()).certificates()) : null);
    return (X509TrustManager) factory.getTrustManagers()[0];
  }

  private static KeyStore trusted(List<Certificate> certificates)
      throws IOException, GeneralSecurityException {
    KeyStore store = empty();
    for (Certificate certificate : certificates) {
      store.setCertificateEntry("ca-" + store.size(), certificate);
    }
    return store;
  }

  private static KeyManager[] keys(TlsFiles files) throws IOException, GeneralSecurityException {
    if (files.key().isEmpty() || files.certificate().isEmpty()) {
      return new KeyManager[0];
    }
    KeyStore store = empty();
    store.setKeyEntry(
        "client",
        PemText.read(files.key().get()).key(),
        new char[0],
        PemText.read(files.certificate().get()).certificates().toArray(new Certificate[0]));
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, new char[0]);
    return factory.getKeyManagers();
  }

  private static KeyStore empty() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    return store;
  }
}
