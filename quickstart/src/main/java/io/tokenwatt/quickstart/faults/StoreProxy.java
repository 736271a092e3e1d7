package io.tokenwatt.quickstart.faults;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A TCP path to one port of this machine that can be slow, or cut: while cut, bytes are held, not
 * lost, as TCP itself does by sending again. Thread-safe.
 */
final class StoreProxy implements AutoCloseable {
  private final ServerSocket server;
  private final int target;
  private final Set<Closeable> open = ConcurrentHashMap.newKeySet();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean cut;
  private volatile long delayMs;

  StoreProxy(int target) throws IOException {
    this.target = target;
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    daemon(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  /** Each piece of a request waits for so long; 0 = none. */
  void delay(long ms) {
    delayMs = ms;
  }

  void cut(boolean now) {
    lock.lock();
    try {
      cut = now;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket client = server.accept();
        open.add(client);
        daemon(() -> connect(client));
      }
    } catch (IOException closed) {
      // The end of this proxy.
    }
  }

  private void connect(Socket client) {
    try {
      awaitPath();
      Socket store = new Socket(InetAddress.getLoopbackAddress(), target);
      open.add(store);
      daemon(() -> pump(client, store, true));
      pump(store, client, false);
    } catch (IOException refused) {
      close(client);
    }
  }

  private void pump(Socket from, Socket to, boolean slow) {
    byte[] buffer = new byte[8192];
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        awaitPath();
        if (slow && delayMs > 0) {
          TimeUnit.MILLISECONDS.sleep(delayMs); // this is the fault itself
        }
        out.write(buffer, 0, n);
      }
    } catch (IOException | InterruptedException gone) {
      // One side is gone; the other is told below.
    }
    close(from);
    close(to);
  }

  private void awaitPath() {
    lock.lock();
    try {
      while (cut) {
        changed.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  private void close(Closeable end) {
    open.remove(end);
    try {
      end.close();
    } catch (IOException already) {
      // It is closed.
    }
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "store-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    close(server);
    open.forEach(this::close);
    cut(false);
  }
}
