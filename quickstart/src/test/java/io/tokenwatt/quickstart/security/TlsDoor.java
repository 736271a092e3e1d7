package io.tokenwatt.quickstart.security;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Collection;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.SSLServerSocket;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;

/**
 * TLS in front of a port of loopback that has none: the embedded ClickHouse listens to HTTP and TCP
 * only ("SYSTEM START LISTEN HTTPS" is refused by it), so the handshake is met here and all behind
 * it by the real engine.
 */
final class TlsDoor implements AutoCloseable {
  private final ServerSocket server;
  private final int behind;
  private final Collection<Socket> sockets = new ConcurrentLinkedQueue<>();

  private TlsDoor(ServerSocket server, int behind) {
    this.server = server;
    this.behind = behind;
    daemon("tls-door", this::accept);
  }

  static TlsDoor open(HeldCertificate shown, int behind) {
    return open(new HandshakeCertificates.Builder().heldCertificate(shown).build(), false, behind);
  }

  /** One that asks for a client's certificate, signed by the CA. */
  static TlsDoor mutual(HeldCertificate shown, HeldCertificate clients, int behind) {
    return open(
        new HandshakeCertificates.Builder()
            .heldCertificate(shown)
            .addTrustedCertificate(clients.certificate())
            .build(),
        true,
        behind);
  }

  private static TlsDoor open(HandshakeCertificates certificates, boolean mutual, int behind) {
    try {
      SSLServerSocket server =
          (SSLServerSocket)
              certificates
                  .sslContext()
                  .getServerSocketFactory()
                  .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
      server.setNeedClientAuth(mutual);
      return new TlsDoor(server, behind);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** By name, since names are what certificates are checked for. */
  String url() {
    return "https://localhost:" + server.getLocalPort();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        sockets.add(client);
        daemon("tls-door-client", () -> serve(client));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client;
        Socket engine = new Socket(InetAddress.getLoopbackAddress(), behind)) {
      sockets.add(engine);
      InputStream answers = engine.getInputStream();
      OutputStream to = client.getOutputStream();
      daemon("tls-door-answers", () -> copy(answers, to, client));
      copy(client.getInputStream(), engine.getOutputStream(), engine);
    } catch (IOException e) {
      // The handshake failed, or a side went away.
    }
  }

  private static void copy(InputStream in, OutputStream out, Socket after) {
    byte[] buffer = new byte[8192];
    try (after) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        out.write(buffer, 0, n);
        out.flush();
      }
    } catch (IOException e) {
      // A side went away.
    }
  }

  private static void daemon(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    try {
      server.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
