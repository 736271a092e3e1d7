package io.tokenwatt.collectors.scrape;

import io.tokenwatt.config.tls.TlsClient;
import io.tokenwatt.config.tls.TlsFiles;
import okhttp3.OkHttpClient;

/** Gives an HTTP client the certificates it trusts and shows. Stateless. */
public final class TlsSockets {
  private TlsSockets() {}

  /**
   * @throws IllegalArgumentException if a file cannot be used
   */
  public static void set(TlsFiles files, OkHttpClient.Builder client) {
    if (!files.equals(TlsFiles.PLATFORM)) {
      TlsClient tls = TlsClient.of(files);
      client.sslSocketFactory(tls.context().getSocketFactory(), tls.trust());
    }
  }
}
