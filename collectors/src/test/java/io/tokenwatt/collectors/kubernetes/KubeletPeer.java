package io.tokenwatt.collectors.kubernetes;

import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.unix.DomainSocketAddress;
import io.grpc.stub.ServerCalls;
import io.tokenwatt.model.proto.kubelet.ContainerDevices;
import io.tokenwatt.model.proto.kubelet.ContainerResources;
import io.tokenwatt.model.proto.kubelet.ListPodResourcesResponse;
import io.tokenwatt.model.proto.kubelet.PodResources;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A kubelet's pod-resources socket: a real gRPC server on a real Unix socket, with a script. */
public final class KubeletPeer implements AutoCloseable {
  private final EventLoopGroup threads = new EpollEventLoopGroup(1);
  private final AtomicInteger calls = new AtomicInteger();
  private final Server server;
  private volatile ListPodResourcesResponse response =
      ListPodResourcesResponse.getDefaultInstance();
  private volatile Status status = Status.OK;

  public KubeletPeer(Path socket) throws IOException {
    MethodDescriptor<byte[], byte[]> list =
        MethodDescriptor.<byte[], byte[]>newBuilder()
            .setType(MethodDescriptor.MethodType.UNARY)
            .setFullMethodName("v1.PodResourcesLister/List")
            .setRequestMarshaller(new Bytes())
            .setResponseMarshaller(new Bytes())
            .build();
    ServerServiceDefinition service =
        ServerServiceDefinition.builder("v1.PodResourcesLister")
            .addMethod(
                list,
                ServerCalls.asyncUnaryCall(
                    (request, observer) -> {
                      calls.incrementAndGet();
                      if (status.isOk()) {
                        observer.onNext(response.toByteArray());
                        observer.onCompleted();
                      } else {
                        observer.onError(status.asRuntimeException());
                      }
                    }))
            .build();
    server =
        NettyServerBuilder.forAddress(new DomainSocketAddress(socket.toFile()))
            .channelType(EpollServerDomainSocketChannel.class)
            .bossEventLoopGroup(threads)
            .workerEventLoopGroup(threads)
            .addService(service)
            .build()
            .start();
  }

  private record Bytes() implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Gives devices to a container, besides those given already. */
  public KubeletPeer give(String namespace, String pod, String resource, String... devices) {
    response =
        response.toBuilder()
            .addPodResources(
                PodResources.newBuilder()
                    .setNamespace(namespace)
                    .setName(pod)
                    .addContainers(
                        ContainerResources.newBuilder()
                            .setName("main")
                            .addDevices(
                                ContainerDevices.newBuilder()
                                    .setResourceName(resource)
                                    .addAllDeviceIds(List.of(devices)))))
            .build();
    return this;
  }

  public KubeletPeer takeAll() {
    response = ListPodResourcesResponse.getDefaultInstance();
    return this;
  }

  void fail(Status with) {
    status = with;
  }

  int calls() {
    return calls.get();
  }

  @Override
  public void close() {
    server.shutdownNow();
    threads.shutdownGracefully();
  }
}
