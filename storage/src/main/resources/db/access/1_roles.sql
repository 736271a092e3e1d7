-- Roles for a ClickHouse server. Run once by an administrator, after `tokenwatt schema apply`:
--
--   clickhouse-client --multiquery < 1_roles.sql
--
-- The embedded engine keeps its users in a file and refuses CREATE ROLE. OwnerRowsTest therefore takes the
-- grants of role tokenwatt_owner and the row policies from these two files, gives them to users of such a
-- file, and tries to see another owner's cost. That the other statements parse is tested too.

-- The stream jobs: insert facts, see the columns they are going to fill, and read prices.
CREATE ROLE IF NOT EXISTS tokenwatt_writer;
GRANT INSERT ON tokenwatt.efficiency_10s TO tokenwatt_writer;
GRANT INSERT ON tokenwatt.latency_10s TO tokenwatt_writer;
GRANT INSERT ON tokenwatt.gpu_10s TO tokenwatt_writer;
GRANT INSERT ON tokenwatt.engine_10s TO tokenwatt_writer;
GRANT INSERT ON tokenwatt.node_10s TO tokenwatt_writer;
GRANT INSERT ON tokenwatt.intake_10s TO tokenwatt_writer;
GRANT INSERT ON tokenwatt.request_10s TO tokenwatt_writer;
GRANT INSERT ON tokenwatt.request_intake_10s TO tokenwatt_writer;
GRANT INSERT ON tokenwatt.rejects TO tokenwatt_writer;
GRANT INSERT ON tokenwatt.regressions TO tokenwatt_writer;
GRANT INSERT ON tokenwatt.events TO tokenwatt_writer;
GRANT INSERT ON tokenwatt.judged_windows TO tokenwatt_writer;
GRANT SHOW COLUMNS ON tokenwatt.* TO tokenwatt_writer;
GRANT SELECT ON tokenwatt.prices TO tokenwatt_writer;
GRANT SELECT ON tokenwatt.fx_rates TO tokenwatt_writer;
GRANT SELECT ON tokenwatt.price_rates TO tokenwatt_writer;
GRANT SELECT ON tokenwatt.slos TO tokenwatt_writer;
GRANT SELECT ON tokenwatt.sites TO tokenwatt_writer;

-- Who keeps prices, contracts and catalogues.
CREATE ROLE IF NOT EXISTS tokenwatt_editor;
GRANT SELECT ON tokenwatt.* TO tokenwatt_editor;
GRANT INSERT ON tokenwatt.fx_rates TO tokenwatt_editor;
GRANT INSERT ON tokenwatt.api_spend TO tokenwatt_editor;
GRANT INSERT ON tokenwatt.invoices TO tokenwatt_editor;
GRANT INSERT ON tokenwatt.api_tariffs TO tokenwatt_editor;
GRANT SHOW COLUMNS ON tokenwatt.* TO tokenwatt_editor;
GRANT INSERT ON tokenwatt.prices TO tokenwatt_editor;
GRANT INSERT ON tokenwatt.commitments TO tokenwatt_editor;
GRANT INSERT ON tokenwatt.sites TO tokenwatt_editor;
GRANT INSERT ON tokenwatt.hardware TO tokenwatt_editor;
GRANT INSERT ON tokenwatt.models TO tokenwatt_editor;
GRANT INSERT ON tokenwatt.slos TO tokenwatt_editor;
GRANT INSERT ON tokenwatt.power_budgets TO tokenwatt_editor;
GRANT INSERT ON tokenwatt.cost_budgets TO tokenwatt_editor;
GRANT INSERT ON tokenwatt.rtt TO tokenwatt_editor;
GRANT INSERT ON tokenwatt.jurisdiction_policy TO tokenwatt_editor;
GRANT INSERT ON tokenwatt.events TO tokenwatt_editor;

-- `tokenwatt alerts run`, `check` and `status`: rules are data and may ask any table but rejected payloads;
-- written is only what alerts remember. AlertsRoleTest runs the shipped rules and a delivery with these grants.
CREATE ROLE IF NOT EXISTS tokenwatt_alerts
    SETTINGS max_execution_time = 30 MAX 60, max_memory_usage = 4000000000 MAX 8000000000;
GRANT SELECT ON tokenwatt.* TO tokenwatt_alerts;
REVOKE SELECT(payload) ON tokenwatt.rejects FROM tokenwatt_alerts;
GRANT SHOW COLUMNS ON tokenwatt.* TO tokenwatt_alerts;
GRANT INSERT ON tokenwatt.alert_incidents TO tokenwatt_alerts;
GRANT INSERT ON tokenwatt.alert_deliveries TO tokenwatt_alerts;
GRANT INSERT ON tokenwatt.alert_lease TO tokenwatt_alerts;

-- Dashboards: read everything but rejected payloads, change nothing, and never take the store down.
-- readonly = 2 lets Grafana send settings of its own (it sends max_execution_time with every query).
CREATE ROLE IF NOT EXISTS tokenwatt_grafana
    SETTINGS readonly = 2, max_execution_time = 30 MAX 60, max_memory_usage = 4000000000 MAX 8000000000;
GRANT SELECT ON tokenwatt.* TO tokenwatt_grafana;
REVOKE SELECT(payload) ON tokenwatt.rejects FROM tokenwatt_grafana;

-- A team that sees its own workloads only; see 2_owner_rows.sql for the rows.
CREATE ROLE IF NOT EXISTS tokenwatt_owner
    SETTINGS readonly = 2, max_execution_time = 30 MAX 60, max_memory_usage = 4000000000 MAX 8000000000;
GRANT SELECT ON tokenwatt.efficiency_10s TO tokenwatt_owner;
GRANT SELECT ON tokenwatt.efficiency_1m TO tokenwatt_owner;
GRANT SELECT ON tokenwatt.efficiency_1h TO tokenwatt_owner;
GRANT SELECT ON tokenwatt.latency_10s TO tokenwatt_owner;
GRANT SELECT ON tokenwatt.request_10s TO tokenwatt_owner;
GRANT SELECT ON tokenwatt.request_1m TO tokenwatt_owner;
GRANT SELECT ON tokenwatt.request_1h TO tokenwatt_owner;
GRANT SELECT ON tokenwatt.slos TO tokenwatt_owner;
GRANT SELECT ON tokenwatt.prices TO tokenwatt_owner;
GRANT SELECT ON tokenwatt.efficiency TO tokenwatt_owner;
GRANT SELECT ON tokenwatt.efficiency_cells TO tokenwatt_owner;
GRANT SELECT ON tokenwatt.latency_1m TO tokenwatt_owner;
GRANT SELECT ON tokenwatt.latency_1h TO tokenwatt_owner;
GRANT SELECT ON tokenwatt.fx_rates TO tokenwatt_owner;
GRANT SELECT ON tokenwatt.commitments TO tokenwatt_owner;
GRANT SELECT ON tokenwatt.api_spend TO tokenwatt_owner;
GRANT SELECT ON tokenwatt.invoices TO tokenwatt_owner;
GRANT SELECT ON tokenwatt.api_tariffs TO tokenwatt_owner;
GRANT SELECT ON tokenwatt.price_rates TO tokenwatt_owner;
GRANT SELECT ON tokenwatt.cells_between TO tokenwatt_owner;
GRANT SELECT ON tokenwatt.observed_hours TO tokenwatt_owner;
GRANT SELECT ON tokenwatt.cost_lines TO tokenwatt_owner;
GRANT SELECT ON tokenwatt.cost_entries TO tokenwatt_owner;
GRANT SELECT ON tokenwatt.cost_audit TO tokenwatt_owner;
GRANT SELECT ON tokenwatt.invoice_check TO tokenwatt_owner;
GRANT SELECT ON tokenwatt.price_benchmark TO tokenwatt_owner;
GRANT SELECT ON tokenwatt.chargeback TO tokenwatt_owner;
GRANT SELECT ON tokenwatt.efficiency_by_minute TO tokenwatt_owner;
GRANT SELECT ON tokenwatt.efficiency_by_hour TO tokenwatt_owner;
GRANT SELECT ON tokenwatt.efficiency_cells_by_minute TO tokenwatt_owner;
GRANT SELECT ON tokenwatt.efficiency_cells_by_hour TO tokenwatt_owner;
GRANT SELECT ON tokenwatt.requests TO tokenwatt_owner;
GRANT SELECT ON tokenwatt.requests_by_tenant TO tokenwatt_owner;
GRANT SELECT ON tokenwatt.slo_attainment TO tokenwatt_owner;
GRANT SELECT ON tokenwatt.goodput TO tokenwatt_owner;
GRANT SELECT ON tokenwatt.token_reconciliation TO tokenwatt_owner;
GRANT SELECT ON tokenwatt.request_between TO tokenwatt_owner;
GRANT SELECT ON tokenwatt.latency_between TO tokenwatt_owner;
GRANT SELECT ON tokenwatt.hardware_comparison TO tokenwatt_owner;
GRANT SELECT ON tokenwatt.region_topology TO tokenwatt_owner;
GRANT SELECT ON tokenwatt.cells_stepped TO tokenwatt_owner;
GRANT SELECT ON tokenwatt.efficiency_stepped TO tokenwatt_owner;
GRANT SELECT ON tokenwatt.cost_stepped TO tokenwatt_owner;
GRANT SELECT ON tokenwatt.latency_stepped TO tokenwatt_owner;
GRANT SELECT ON tokenwatt.request_cells_stepped TO tokenwatt_owner;
GRANT SELECT ON tokenwatt.requests_stepped TO tokenwatt_owner;
GRANT SELECT ON tokenwatt.slo_stepped TO tokenwatt_owner;
-- What these views read besides; nobody's in particular.
GRANT SELECT ON tokenwatt.hardware TO tokenwatt_owner;
GRANT SELECT ON tokenwatt.models TO tokenwatt_owner;
GRANT SELECT ON tokenwatt.sites TO tokenwatt_owner;
GRANT SELECT ON tokenwatt.rtt TO tokenwatt_owner;
GRANT SELECT ON tokenwatt.jurisdiction_policy TO tokenwatt_owner;
-- What an owner does not get, and why. OwnerRowsTest wants a grant or such a line for each view and for each
-- table that has a column owner.
-- No SELECT ON tokenwatt.power_headroom: adds whole nodes, which have no owner.
-- No SELECT ON tokenwatt.idle_waste: reads events.
-- No SELECT ON tokenwatt.boards_stepped: boards are shared by owners, as gpu_10s.
-- No SELECT ON tokenwatt.deployments_by_time: shows events, which name workloads but no owner.
-- No SELECT ON tokenwatt.alert_outbox: what is to be sent to whom is the operators'.
-- No SELECT ON tokenwatt.cost_budgets: of all teams; rules read them, and no view does.
-- No SELECT ON tokenwatt.regressions_open: regressions name workloads but no owner.
