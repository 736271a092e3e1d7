package io.tokenwatt.collectors.kubernetes;

import com.google.protobuf.MessageLite;
import io.tokenwatt.collectors.ownership.DeviceGrant;
import io.tokenwatt.collectors.ownership.PodContainer;
import io.tokenwatt.collectors.ownership.PodRef;
import io.tokenwatt.model.proto.kubelet.ContainerDevices;
import io.tokenwatt.model.proto.kubelet.ContainerResources;
import io.tokenwatt.model.proto.kubelet.ListPodResourcesRequest;
import io.tokenwatt.model.proto.kubelet.ListPodResourcesResponse;
import io.tokenwatt.model.proto.kubelet.PodResources;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Proxy;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSource;

/**
 * The kubelet's pod-resources API: one gRPC call on a Unix socket. gRPC is HTTP/2, five bytes
 * before each message and a status behind the last; OkHttp, which the agent has anyway, does the
 * first, and a gRPC library with its own HTTP/2 would be most of the agent. For one thread.
 */
final class KubeletClient implements AutoCloseable {
  private static final String METHOD = "http://localhost/v1.PodResourcesLister/List";
  private static final MediaType GRPC = MediaType.get("application/grpc");
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  // The kubelet's own limit of this API.
  private static final int MOST_BYTES = 16 << 20;

  private final OkHttpClient client;

  KubeletClient(Path socket) {
    client =
        new OkHttpClient.Builder()
            .protocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE))
            .socketFactory(new UnixSocketFactory(socket))
            .dns(host -> List.of(InetAddress.getLoopbackAddress()))
            .connectionPool(new ConnectionPool(1, 1, TimeUnit.MINUTES))
            .proxy(Proxy.NO_PROXY)
            .callTimeout(TIMEOUT)
            .build();
  }

  /**
   * Boards, and parts of boards, that containers were given.
   *
   * @throws IOException saying what is wrong with the socket or the answer
   */
  List<DeviceGrant> list() throws IOException {
    Request request =
        new Request.Builder()
            .url(METHOD)
            .header("TE", "trailers")
            .post(RequestBody.create(framed(ListPodResourcesRequest.getDefaultInstance()), GRPC))
            .build();
    try (Response response = client.newCall(request).execute()) {
      if (response.code() != 200) {
        throw new IOException("HTTP " + response.code() + " instead of a gRPC answer");
      }
      refuseError(response.header("grpc-status"), response.header("grpc-message"));
      BufferedSource source = response.body().source();
      if (source.exhausted()) {
        refuseError(
            response.trailers().get("grpc-status"), response.trailers().get("grpc-message"));
        throw new IOException("an answer without a message");
      }
      byte[] message = message(source);
      source.skip(source.exhausted() ? 0 : source.getBuffer().size());
      refuseError(response.trailers().get("grpc-status"), response.trailers().get("grpc-message"));
      return grants(ListPodResourcesResponse.parseFrom(message));
    }
  }

  private static byte[] framed(MessageLite message) {
    byte[] bytes = message.toByteArray();
    return ByteBuffer.allocate(5 + bytes.length)
        .put((byte) 0)
        .putInt(bytes.length)
        .put(bytes)
        .array();
  }

  private static byte[] message(BufferedSource source) throws IOException {
    byte compressed = source.readByte();
    int length = source.readInt();
    if (compressed != 0 || length < 0 || length > MOST_BYTES) {
      throw new IOException("a gRPC message that is compressed or of " + length + " bytes");
    }
    return source.readByteArray(length);
  }

  private static void refuseError(String status, String message) throws IOException {
    if (status != null && !status.equals("0")) {
      throw new IOException("gRPC status " + status + (message == null ? "" : " " + message));
    }
  }

  private static List<DeviceGrant> grants(ListPodResourcesResponse response) {
    List<DeviceGrant> grants = new ArrayList<>();
    for (PodResources pod : response.getPodResourcesList()) {
      PodRef ref = new PodRef(pod.getNamespace(), pod.getName());
      for (ContainerResources container : pod.getContainersList()) {
        for (ContainerDevices devices : container.getDevicesList()) {
          if (PodContainer.isAccelerator(devices.getResourceName())) {
            grants.add(
                new DeviceGrant(
                    ref,
                    container.getName(),
                    devices.getResourceName(),
                    devices.getDeviceIdsList()));
          }
        }
      }
    }
    return grants;
  }

  @Override
  public void close() {
    client.dispatcher().cancelAll();
    client.connectionPool().evictAll();
  }
}
