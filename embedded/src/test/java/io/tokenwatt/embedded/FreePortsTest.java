package io.tokenwatt.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FreePortsTest {
  /** A broker that was given one port for both its listeners does not start. */
  @Test
  void noPortIsGivenOutTwiceNorOneThatIsTakenNorOneOfOutgoingConnections() throws Exception {
    int taken = FreePorts.choose(0);
    try (ServerSocket socket = new ServerSocket(taken, 1, InetAddress.getLoopbackAddress())) {
      int[] ports = IntStream.range(0, 2_000).map(i -> FreePorts.choose(0)).toArray();
      assertThat(ports).doesNotHaveDuplicates().doesNotContain(socket.getLocalPort());
      assertThat(IntStream.of(ports)).allMatch(port -> port >= 1_024 && port < 32_768);
    }
  }
}
