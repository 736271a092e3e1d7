-- Rows of role tokenwatt_owner: those whose column owner is the team named by the user's setting
-- SQL_tokenwatt_owner. Users of other roles see all rows.
--
--   CREATE USER chat_team IDENTIFIED BY '…' DEFAULT ROLE tokenwatt_owner
--       SETTINGS SQL_tokenwatt_owner = 'chat-team' CONST;
--
-- CONST keeps the user from choosing another team. A user without the setting gets an error, not rows.
-- The views run with the rights of whoever asks, so the policies hold there too. Boards that nobody
-- holds belong to no owner: …_all_in and usd_all_in of such a user hold no share of them.
--
-- Contracts and invoices are nobody's in particular: such a user sees none. Tested as 1_roles.sql says.

CREATE ROW POLICY IF NOT EXISTS owner_rows ON tokenwatt.efficiency_10s
    USING owner = getSetting('SQL_tokenwatt_owner') TO tokenwatt_owner;
CREATE ROW POLICY IF NOT EXISTS owner_rows ON tokenwatt.efficiency_1m
    USING owner = getSetting('SQL_tokenwatt_owner') TO tokenwatt_owner;
CREATE ROW POLICY IF NOT EXISTS owner_rows ON tokenwatt.efficiency_1h
    USING owner = getSetting('SQL_tokenwatt_owner') TO tokenwatt_owner;
CREATE ROW POLICY IF NOT EXISTS owner_rows ON tokenwatt.latency_10s
    USING owner = getSetting('SQL_tokenwatt_owner') TO tokenwatt_owner;
CREATE ROW POLICY IF NOT EXISTS owner_rows ON tokenwatt.latency_1m
    USING owner = getSetting('SQL_tokenwatt_owner') TO tokenwatt_owner;
CREATE ROW POLICY IF NOT EXISTS owner_rows ON tokenwatt.latency_1h
    USING owner = getSetting('SQL_tokenwatt_owner') TO tokenwatt_owner;
CREATE ROW POLICY IF NOT EXISTS owner_rows ON tokenwatt.request_10s
    USING owner = getSetting('SQL_tokenwatt_owner') TO tokenwatt_owner;
CREATE ROW POLICY IF NOT EXISTS owner_rows ON tokenwatt.request_1m
    USING owner = getSetting('SQL_tokenwatt_owner') TO tokenwatt_owner;
CREATE ROW POLICY IF NOT EXISTS owner_rows ON tokenwatt.request_1h
    USING owner = getSetting('SQL_tokenwatt_owner') TO tokenwatt_owner;
CREATE ROW POLICY IF NOT EXISTS owner_rows ON tokenwatt.api_spend
    USING owner = getSetting('SQL_tokenwatt_owner') TO tokenwatt_owner;
CREATE ROW POLICY IF NOT EXISTS owner_rows ON tokenwatt.commitments
    USING 0 TO tokenwatt_owner;
CREATE ROW POLICY IF NOT EXISTS owner_rows ON tokenwatt.invoices
    USING 0 TO tokenwatt_owner;

CREATE ROW POLICY IF NOT EXISTS all_rows ON tokenwatt.efficiency_10s
    USING 1 TO ALL EXCEPT tokenwatt_owner;
CREATE ROW POLICY IF NOT EXISTS all_rows ON tokenwatt.efficiency_1m
    USING 1 TO ALL EXCEPT tokenwatt_owner;
CREATE ROW POLICY IF NOT EXISTS all_rows ON tokenwatt.efficiency_1h
    USING 1 TO ALL EXCEPT tokenwatt_owner;
CREATE ROW POLICY IF NOT EXISTS all_rows ON tokenwatt.latency_10s
    USING 1 TO ALL EXCEPT tokenwatt_owner;
CREATE ROW POLICY IF NOT EXISTS all_rows ON tokenwatt.latency_1m
    USING 1 TO ALL EXCEPT tokenwatt_owner;
CREATE ROW POLICY IF NOT EXISTS all_rows ON tokenwatt.latency_1h
    USING 1 TO ALL EXCEPT tokenwatt_owner;
CREATE ROW POLICY IF NOT EXISTS all_rows ON tokenwatt.request_10s
    USING 1 TO ALL EXCEPT tokenwatt_owner;
CREATE ROW POLICY IF NOT EXISTS all_rows ON tokenwatt.request_1m
    USING 1 TO ALL EXCEPT tokenwatt_owner;
CREATE ROW POLICY IF NOT EXISTS all_rows ON tokenwatt.request_1h
    USING 1 TO ALL EXCEPT tokenwatt_owner;
CREATE ROW POLICY IF NOT EXISTS all_rows ON tokenwatt.api_spend
    USING 1 TO ALL EXCEPT tokenwatt_owner;
CREATE ROW POLICY IF NOT EXISTS all_rows ON tokenwatt.commitments
    USING 1 TO ALL EXCEPT tokenwatt_owner;
CREATE ROW POLICY IF NOT EXISTS all_rows ON tokenwatt.invoices
    USING 1 TO ALL EXCEPT tokenwatt_owner;
