package io.tokenwatt.collectors.kubernetes;

import java.util.LinkedHashMap;
import java.util.Map;

/** A pod as the API server writes it, managed fields and all. */
public final class PodJson {
  private final String namespace;
  private final String name;
  private String uid;
  private String ip = "127.0.0.1";
  private String phase = "Running";
  private String owner = "";
  private boolean hostNetwork;
  private final Map<String, String> labels = new LinkedHashMap<>();
  private final Map<String, String> annotations = new LinkedHashMap<>();
  private String image = "vllm/vllm-openai:v0.11.0";
  private String gpus = "";
  private String ports = "";
  private String args = "";

  public PodJson(String namespace, String name) {
    this.namespace = namespace;
    this.name = name;
    this.uid = "uid-" + name;
  }

  /** By a Deployment, through its ReplicaSet. */
  public static PodJson deployed(String namespace, String deployment, String suffix) {
    return new PodJson(namespace, deployment + "-7c9f8d6b5-" + suffix)
        .owner("apps/v1", "ReplicaSet", deployment + "-7c9f8d6b5")
        .label("pod-template-hash", "7c9f8d6b5");
  }

  public PodJson owner(String api, String kind, String ownerName) {
    owner =
        """
        "ownerReferences":[{"apiVersion":"%s","kind":"%s","name":"%s","uid":"u","controller":true,"blockOwnerDeletion":true}],"""
            .formatted(api, kind, ownerName);
    return this;
  }

  public PodJson uid(String other) {
    uid = other;
    return this;
  }

  public PodJson ip(String other) {
    ip = other;
    return this;
  }

  public PodJson phase(String other) {
    phase = other;
    return this;
  }

  public PodJson hostNetwork() {
    hostNetwork = true;
    return this;
  }

  public PodJson label(String key, String value) {
    labels.put(key, value);
    return this;
  }

  public PodJson annotation(String key, String value) {
    annotations.put(key, value);
    return this;
  }

  public PodJson image(String other) {
    image = other;
    return this;
  }

  public PodJson gpus(String resource, int count) {
    gpus =
        "\"resources\":{\"limits\":{\"cpu\":\"8\",\"%1$s\":\"%2$d\"},\"requests\":{\"%1$s\":\"%2$d\"}},"
            .formatted(resource, count);
    return this;
  }

  public PodJson port(int number) {
    ports =
        "\"ports\":[{\"name\":\"http\",\"containerPort\":%d,\"protocol\":\"TCP\"}],"
            .formatted(number);
    return this;
  }

  public PodJson args(String... all) {
    args = "\"args\":[\"" + String.join("\",\"", all) + "\"],";
    return this;
  }

  public String ref() {
    return namespace + "/" + name;
  }

  public String name() {
    return name;
  }

  public String namespace() {
    return namespace;
  }

  String key() {
    return ref();
  }

  String json(long version) {
    return """
        {"kind":"Pod","apiVersion":"v1","metadata":{"name":"%s","namespace":"%s","uid":"%s","resourceVersion":"%d",
        "creationTimestamp":"2026-11-21T09:00:00Z","labels":%s,"annotations":%s,%s
        "managedFields":[{"manager":"kubelet","operation":"Update","fieldsV1":{"f:status":{"f:podIP":{},"k:{\\"type\\":\\"Ready\\"}":{".":{}}}}}]},
        "spec":{"volumes":[{"name":"kube-api-access","projected":{"sources":[{"serviceAccountToken":{"path":"token"}}]}}],
        "initContainers":[{"name":"download","image":"busybox","resources":{"limits":{"nvidia.com/gpu":"1"}}}],
        "containers":[{"name":"main","image":"%s",%s%s%s"env":[{"name":"A","value":"{\\"x\\":1}"}],"terminationMessagePath":"/dev/termination-log"}],
        "nodeName":"gpu-1",%s"schedulerName":"default-scheduler","tolerations":[{"key":"nvidia.com/gpu","operator":"Exists"}]},
        "status":{"phase":"%s","conditions":[{"type":"Ready","status":"True"}],"hostIP":"10.1.1.1","podIP":"%s","podIPs":[{"ip":"%s"}],"containerStatuses":[{"name":"main","ready":true,"state":{"running":{}}}]}}"""
        .formatted(
            name,
            namespace,
            uid,
            version,
            map(labels),
            map(annotations),
            owner,
            image,
            ports,
            args,
            gpus,
            hostNetwork ? "\"hostNetwork\":true," : "",
            phase,
            ip,
            ip)
        .replace("\n", "");
  }

  private static String map(Map<String, String> texts) {
    StringBuilder out = new StringBuilder("{");
    texts.forEach(
        (key, value) ->
            out.append(out.length() == 1 ? "" : ",")
                .append("\"%s\":\"%s\"".formatted(key, value.replace("\"", "\\\""))));
    return out.append('}').toString();
  }
}
