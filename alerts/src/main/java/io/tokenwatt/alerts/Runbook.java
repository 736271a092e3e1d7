package io.tokenwatt.alerts;

/**
 * What whoever is called does first.
 *
 * @param firstQuery SQL to paste into ClickHouse; tables are named with database tokenwatt
 * @param safeAction what cannot make it worse
 * @param escalation who else must know
 * @param panel where Grafana shows it, as uid of the dashboard, slash, id of the panel; empty =
 *     nowhere
 */
public record Runbook(String firstQuery, String safeAction, String escalation, String panel) {
  public Runbook(String firstQuery, String safeAction, String escalation) {
    this(firstQuery, safeAction, escalation, "");
  }
}
