package io.tokenwatt.jobs.requests;

import io.tokenwatt.model.proto.RequestEvent;
import io.tokenwatt.model.proto.RequestStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the rows must say, counted event by event in the plainest way, without any class of the job.
 */
final class SlowRequests {
  /** The query that gives the same lines from the table. */
  static final String SQL =
      "SELECT concat(toString(toUnixTimestamp(window_start)), ' ', region, '|', hardware, '|', model, '|',"
          + " service_class, '|', tenant, ' ', toString(requests), ' ', toString(requests_ok), ' ',"
          + " toString(requests_unresolved), ' ', toString(prompt_tokens), ' ', toString(output_tokens), ' ',"
          + " toString(requests_output_known), ' ', toString(ttft_gateway_us), ' ',"
          + " toString(arraySum(ttft_gateway_count)), ' ', toString(arraySum(e2e_gateway_count)), ' ',"
          + " toString(arraySum(tpot_gateway_count)), ' ', toString(version)) AS line FROM %s FINAL ORDER BY line";

  private SlowRequests() {}

  static List<String> lines(List<RequestEvent> events, Map<String, String> models) {
    Map<String, long[]> sums = new TreeMap<>();
    for (RequestEvent e : events) {
      boolean known = !e.getServer().getRegion().isEmpty();
      String key =
          String.join(
              "|",
              e.getCompletedAtMs() / 10_000 * 10 + " " + (known ? "eu" : ""),
              known ? "H100-SXM" : "",
              models.get(e.getModelName()),
              e.getServiceClass(),
              e.getTenant());
      long[] n = sums.computeIfAbsent(key, k -> new long[11]);
      boolean ok = e.getStatus() == RequestStatus.REQUEST_OK;
      n[0]++;
      n[1] += ok ? 1 : 0;
      n[2] += known ? 0 : 1;
      n[3] += e.getPromptTokens();
      n[4] += e.getOutputTokens();
      n[5] += e.hasOutputTokens() ? 1 : 0;
      n[6] += ok ? e.getTtftGatewayUs() : 0;
      n[7] += ok && e.hasTtftGatewayUs() ? 1 : 0;
      n[8] += ok && e.hasE2EGatewayUs() ? 1 : 0;
      n[9] += ok && e.getOutputTokens() > 1 ? 1 : 0;
      n[10]++;
    }
    List<String> lines = new ArrayList<>();
    sums.forEach(
        (key, n) -> {
          StringBuilder line = new StringBuilder(key);
          for (long each : n) {
            line.append(' ').append(each);
          }
          lines.add(line.toString());
        });
    return lines.stream().sorted().toList();
  }
}
