/**
 * What the cluster tells of the agent's own node: its pods from the API server, boards given to
 * them from the kubelet. Start at {@link io.tokenwatt.collectors.kubernetes.PodWatch}.
 */
package io.tokenwatt.collectors.kubernetes;
