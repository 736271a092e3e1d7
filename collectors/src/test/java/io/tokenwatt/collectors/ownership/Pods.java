package io.tokenwatt.collectors.ownership;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Pods as their controllers make them. */
final class Pods {
  private Pods() {}

  static Pod of(String namespace, String name, int gpus) {
    return new Pod(
        new PodRef(namespace, name),
        "uid-" + name,
        "10.0.0." + (name.hashCode() & 127),
        false,
        true,
        Map.of(),
        Map.of(),
        Optional.empty(),
        List.of(container("vllm/vllm-openai:v0.11.0", "nvidia.com/gpu", gpus)),
        false);
  }

  static PodContainer container(String image, String resource, int count, String... command) {
    Map<String, Integer> limits = count == 0 ? Map.of() : Map.of(resource, count);
    return new PodContainer("main", image, List.of(command), List.of(), limits);
  }

  /** Made by a Deployment through its ReplicaSet. */
  static Pod deployed(String namespace, String deployment, String pod, int gpus) {
    String hash = "6d5f8c7b9";
    Pod made =
        controlled(
            of(namespace, deployment + "-" + hash + "-" + pod, gpus),
            "ReplicaSet",
            deployment + "-" + hash);
    return marked(made, "pod-template-hash", hash);
  }

  static Pod controlled(Pod pod, String kind, String name) {
    return new Pod(
        pod.ref(),
        pod.uid(),
        pod.ip(),
        pod.hostNetwork(),
        pod.running(),
        pod.labels(),
        pod.annotations(),
        Optional.of(new Pod.Controller(kind, name)),
        pod.containers(),
        pod.claimsDevices());
  }

  /** Pod {@code index} of group {@code group} of a LeaderWorkerSet, as its webhook labels it. */
  static Pod leaderWorker(String namespace, String set, int group, int index, int size, int gpus) {
    String name = set + "-" + group + (index == 0 ? "" : "-" + index);
    Pod pod =
        controlled(of(namespace, name, gpus), "StatefulSet", index == 0 ? set : set + "-" + group);
    pod = marked(pod, "leaderworkerset.sigs.k8s.io/name", set);
    pod = marked(pod, "leaderworkerset.sigs.k8s.io/group-index", "" + group);
    pod = marked(pod, "leaderworkerset.sigs.k8s.io/worker-index", "" + index);
    pod = marked(pod, "leaderworkerset.sigs.k8s.io/template-revision-hash", "794ccff98");
    return annotated(pod, "leaderworkerset.sigs.k8s.io/size", "" + size);
  }

  static Pod marked(Pod pod, String label, String value) {
    Map<String, String> labels = new HashMap<>(pod.labels());
    labels.put(label, value);
    return new Pod(
        pod.ref(),
        pod.uid(),
        pod.ip(),
        pod.hostNetwork(),
        pod.running(),
        labels,
        pod.annotations(),
        pod.controller(),
        pod.containers(),
        pod.claimsDevices());
  }

  static Pod annotated(Pod pod, String key, String value) {
    Map<String, String> annotations = new HashMap<>(pod.annotations());
    annotations.put(key, value);
    return new Pod(
        pod.ref(),
        pod.uid(),
        pod.ip(),
        pod.hostNetwork(),
        pod.running(),
        pod.labels(),
        annotations,
        pod.controller(),
        pod.containers(),
        pod.claimsDevices());
  }

  static Pod running(Pod pod, List<PodContainer> containers) {
    return new Pod(
        pod.ref(),
        pod.uid(),
        pod.ip(),
        pod.hostNetwork(),
        pod.running(),
        pod.labels(),
        pod.annotations(),
        pod.controller(),
        containers,
        pod.claimsDevices());
  }
}
