-- How long rows stay, all tables in one place. The numbers come from Retention.java.

ALTER TABLE ${database}.efficiency_10s MODIFY TTL window_start + INTERVAL ${keep_10s_days} DAY;
ALTER TABLE ${database}.latency_10s MODIFY TTL window_start + INTERVAL ${keep_10s_days} DAY;
ALTER TABLE ${database}.gpu_10s MODIFY TTL window_start + INTERVAL ${keep_10s_days} DAY;
ALTER TABLE ${database}.engine_10s MODIFY TTL window_start + INTERVAL ${keep_10s_days} DAY;
ALTER TABLE ${database}.node_10s MODIFY TTL window_start + INTERVAL ${keep_10s_days} DAY;
ALTER TABLE ${database}.request_10s MODIFY TTL window_start + INTERVAL ${keep_10s_days} DAY;
ALTER TABLE ${database}.intake_10s MODIFY TTL window_start + INTERVAL ${keep_10s_days} DAY;
ALTER TABLE ${database}.request_intake_10s MODIFY TTL window_start + INTERVAL ${keep_10s_days} DAY;
ALTER TABLE ${database}.rejects MODIFY TTL toDateTime(time, 'UTC') + INTERVAL ${keep_10s_days} DAY;

ALTER TABLE ${database}.efficiency_1m MODIFY TTL window_start + INTERVAL ${keep_1m_days} DAY;
ALTER TABLE ${database}.latency_1m MODIFY TTL window_start + INTERVAL ${keep_1m_days} DAY;
ALTER TABLE ${database}.gpu_1m MODIFY TTL window_start + INTERVAL ${keep_1m_days} DAY;
ALTER TABLE ${database}.engine_1m MODIFY TTL window_start + INTERVAL ${keep_1m_days} DAY;
ALTER TABLE ${database}.node_1m MODIFY TTL window_start + INTERVAL ${keep_1m_days} DAY;
ALTER TABLE ${database}.request_1m MODIFY TTL window_start + INTERVAL ${keep_1m_days} DAY;

ALTER TABLE ${database}.efficiency_1h MODIFY TTL window_start + INTERVAL ${keep_1h_months} MONTH;
ALTER TABLE ${database}.latency_1h MODIFY TTL window_start + INTERVAL ${keep_1h_months} MONTH;
ALTER TABLE ${database}.gpu_1h MODIFY TTL window_start + INTERVAL ${keep_1h_months} MONTH;
ALTER TABLE ${database}.engine_1h MODIFY TTL window_start + INTERVAL ${keep_1h_months} MONTH;
ALTER TABLE ${database}.request_1h MODIFY TTL window_start + INTERVAL ${keep_1h_months} MONTH;
