package io.tokenwatt.dashboards.grafana;

import io.tokenwatt.dashboards.source.Dashboard;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Grafana's provisioning folder {@code dashboards}: what it holds, by path below provisioning. */
public final class Provisioning {
  private static final String PROVIDER =
      """
      # Written by ./tokenwatt dashboards render from module dashboards; edit that, not this.
      # Grafana finds the files beside this one if the folder is mounted at /etc/grafana/provisioning.
      apiVersion: 1
      providers:
        - name: tokenwatt
          orgId: 1
          folder: Tokenwatt
          folderUid: tokenwatt
          type: file
          disableDeletion: false
          updateIntervalSeconds: 30
          allowUiUpdates: false
          options:
            path: /etc/grafana/provisioning/dashboards
            foldersFromFilesStructure: false
      """;

  private Provisioning() {}

  /**
   * Text of each file.
   *
   * @throws IllegalArgumentException if a link leads to a dashboard that is not among them
   */
  public static Map<String, String> of(List<Dashboard> dashboards) {
    Map<String, String> files = new LinkedHashMap<>();
    files.put("dashboards/tokenwatt.yaml", PROVIDER);
    for (Dashboard dashboard : dashboards) {
      files.put(
          "dashboards/" + dashboard.uid() + ".json",
          DashboardJson.text(dashboard, uid -> find(dashboards, uid)));
    }
    return files;
  }

  private static Dashboard find(List<Dashboard> dashboards, String uid) {
    return dashboards.stream()
        .filter(dashboard -> dashboard.uid().equals(uid))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("a link leads to dashboard '" + uid + "', unknown"));
  }
}
