package io.tokenwatt.collectors.kubernetes;

import io.tokenwatt.collectors.ownership.PodRules;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import okhttp3.HttpUrl;

/**
 * Where the pods of the agent's node are told.
 *
 * @param node the node's name in Kubernetes
 * @param server the API server
 * @param token file with the bearer token, read at every request since it rotates; empty = none
 * @param ca PEM file with the certificates that are trusted instead of the platform's
 * @param maxAge how long pods are believed after the API server was last heard
 * @param podResources the kubelet's socket; empty = the kubelet is not asked
 * @param targets exporters in pods become targets
 */
public record KubernetesSpec(
    String node,
    HttpUrl server,
    Optional<Path> token,
    Optional<Path> ca,
    Duration maxAge,
    Optional<Path> podResources,
    boolean targets,
    PodRules rules) {
  public static final Duration DEFAULT_MAX_AGE = Duration.ofMinutes(15);

  /** Where every pod finds its service account. */
  public static final Path SERVICE_ACCOUNT =
      Path.of("/var/run/secrets/kubernetes.io/serviceaccount");

  /** Where a kubelet listens, where its folder is mounted. */
  public static final Path POD_RESOURCES = Path.of("/var/lib/kubelet/pod-resources/kubelet.sock");

  /** An open API server, everything else by default, no kubelet. */
  public static KubernetesSpec of(String node, HttpUrl server) {
    return new KubernetesSpec(
        node,
        server,
        Optional.empty(),
        Optional.empty(),
        DEFAULT_MAX_AGE,
        Optional.empty(),
        true,
        PodRules.DEFAULT);
  }
}
