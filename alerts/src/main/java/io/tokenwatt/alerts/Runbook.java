package io.tokenwatt.alerts;

/**
 * What whoever is called does first.
 *
 * @param firstQuery SQL to paste into ClickHouse; tables are named with database tokenwatt
 * @param safeAction what cannot make it worse
 * @param escalation who else must know
 */
public record Runbook(String firstQuery, String safeAction, String escalation) {}
