-- What a regression costs at least: a page is for what is certain. Entries from before are known by their size.

ALTER TABLE ${database}.regressions
    ADD COLUMN IF NOT EXISTS usd_per_day_low Nullable(Float64) DEFAULT usd_per_day * size_low / nullIf(size, 0) COMMENT '[USD/day] lower end of the 95 % interval of usd_per_day; null = no price' AFTER usd_per_day;
