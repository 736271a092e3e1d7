package io.tokenwatt.collectors.ownership;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How pods are named as workloads. A list of labels is tried in order; an annotation of that name
 * counts too.
 *
 * @param owner labels that name the team; without any the namespace does
 * @param workload labels that name the workload within its namespace; before the controller
 * @param role labels whose value is prefill or decode; anything else is both
 * @param pair labels that the prefill and decode servers of one pair share
 * @param model labels that name the model
 * @param kinds kind of workload by kind of controller; {@code Pod} = created by nothing
 */
public record PodRules(
    List<String> owner,
    List<String> workload,
    List<String> role,
    List<String> pair,
    List<String> model,
    Map<String, String> kinds) {

  /** Labels as NVIDIA Dynamo, llm-d, KServe, JobSet and Kubeflow set them. */
  public static final PodRules DEFAULT =
      new PodRules(
          List.of(),
          List.of(
              "nvidia.com/dynamo-graph-deployment-name",
              "serving.kserve.io/inferenceservice",
              "jobset.sigs.k8s.io/jobset-name",
              "training.kubeflow.org/job-name"),
          List.of("llm-d.ai/role", "nvidia.com/dynamo-sub-component-type"),
          List.of("nvidia.com/dynamo-graph-deployment-name", "llm-d.ai/model"),
          List.of(),
          kindsOfControllers());

  public PodRules {
    owner = List.copyOf(owner);
    workload = List.copyOf(workload);
    role = List.copyOf(role);
    pair = List.copyOf(pair);
    model = List.copyOf(model);
    kinds = Map.copyOf(kinds);
  }

  private static Map<String, String> kindsOfControllers() {
    Map<String, String> kinds = new HashMap<>();
    List.of("ReplicaSet", "StatefulSet", "LeaderWorkerSet", "DaemonSet")
        .forEach(kind -> kinds.put(kind, "inference"));
    List.of("PyTorchJob", "MPIJob", "TFJob", "JAXJob", "XGBoostJob", "PaddleJob", "TrainJob")
        .forEach(kind -> kinds.put(kind, "training"));
    List.of("Job", "RayJob").forEach(kind -> kinds.put(kind, "batch"));
    return kinds;
  }
}
