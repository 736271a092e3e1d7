package io.tokenwatt.quickstart.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StoreProxyTest {
  private static int echoOnce(InputStream in) {
    try {
      return in.read();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void whatIsSentWhileThePathIsCutArrivesWhenItIsWhole() throws Exception {
    try (ServerSocket store = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        StoreProxy proxy = new StoreProxy(store.getLocalPort());
        Socket client = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        Socket served = store.accept()) {
      InputStream in = served.getInputStream();
      client.getOutputStream().write(1);
      assertThat(in.read()).isEqualTo(1);

      proxy.cut(true);
      client.getOutputStream().write(2);
      CompletableFuture<Integer> arrives = CompletableFuture.supplyAsync(() -> echoOnce(in));
      assertThat(arrives.isDone()).as("the path is cut").isFalse();
      proxy.cut(false);
      assertThat(arrives.get(90, TimeUnit.SECONDS)).isEqualTo(2);

      client.close();
      assertThat(in.read()).as("the end is passed on").isEqualTo(-1);
    }
  }
}
