package io.tokenwatt.quickstart.bench.panels;

/**
 * One query of one panel, ready to run.
 *
 * @param name of dashboard and panel
 */
record PanelQuery(String name, PanelScope scope, String sql) {}
