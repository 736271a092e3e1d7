-- What RegressionJob says of a regression: since when, how large, what it costs, what it may come from.
-- A regression is one entry from its detection (opened, which never changes) to its end; each update has a
-- higher version. Column suspect is the first of suspects, usd_per_hour is usd_per_day / 24.

ALTER TABLE ${database}.regressions
    COMMENT COLUMN regression '[text] id: a hash of the series and of started, so that every replay gives the same',
    COMMENT COLUMN opened '[UTC s] when it was detected: end of the last window that it took',
    COMMENT COLUMN cluster '[text] clusters that served it, joined by ","; as in the facts',
    COMMENT COLUMN workload '[text] as in the facts',
    COMMENT COLUMN measure '[text] a ratio per output token or a latency; what of it got worse first',
    COMMENT COLUMN suspect '[text] the first of suspects; empty = nothing changed that could explain it',
    COMMENT COLUMN severity '[text] empty: alert rules decide, see alerts/rules',
    ADD COLUMN IF NOT EXISTS started DateTime('UTC') DEFAULT opened COMMENT '[UTC s] start of the first bad window' AFTER closed,
    ADD COLUMN IF NOT EXISTS judged_to DateTime('UTC') DEFAULT opened COMMENT '[UTC s] end of the last window that this entry rests on' AFTER started,
    ADD COLUMN IF NOT EXISTS close_reason LowCardinality(String) COMMENT '[text] recovered, accepted, gone, …; empty = still open' AFTER judged_to,
    ADD COLUMN IF NOT EXISTS note String COMMENT '[text] why a person accepted it' AFTER close_reason,
    ADD COLUMN IF NOT EXISTS role LowCardinality(String) COMMENT '[text] as in the facts' AFTER workload,
    ADD COLUMN IF NOT EXISTS precision LowCardinality(String) COMMENT '[text] as in the facts' AFTER role,
    ADD COLUMN IF NOT EXISTS size Float64 COMMENT '[share] observed / expected - 1 since it started; 0.25 = a quarter worse' AFTER observed,
    ADD COLUMN IF NOT EXISTS size_low Float64 COMMENT '[share] lower end of its 95 % interval' AFTER size,
    ADD COLUMN IF NOT EXISTS size_high Float64 COMMENT '[share] upper end of its 95 % interval' AFTER size_low,
    ADD COLUMN IF NOT EXISTS usd_per_day Nullable(Float64) COMMENT '[USD/day] price of the extra board time at the present load; null = no price' AFTER usd_per_hour,
    ADD COLUMN IF NOT EXISTS kwh_per_day Nullable(Float64) COMMENT '[kWh/day] extra board energy at the present load; null = unknown' AFTER usd_per_day,
    ADD COLUMN IF NOT EXISTS gpu_hours_per_day Nullable(Float64) COMMENT '[h/day] extra board time at the present load; null = unknown' AFTER kwh_per_day,
    ADD COLUMN IF NOT EXISTS cause String COMMENT '[text] "kind scope" of the first suspect: regressions that share it are one finding; unknown = evidence too weak' AFTER suspect,
    ADD COLUMN IF NOT EXISTS suspects Array(String) COMMENT '[text] each "kind: evidence", the likeliest first' AFTER cause,
    ADD COLUMN IF NOT EXISTS nodes Array(String) COMMENT '[text] nodes that show it most, at most 32' AFTER suspects,
    ADD COLUMN IF NOT EXISTS gpus Array(String) COMMENT '[text] boards that show it most, at most 32' AFTER nodes,
    MODIFY COMMENT 'Efficiency that got worse than the load explains; read with FINAL, or by view regressions_open.';
