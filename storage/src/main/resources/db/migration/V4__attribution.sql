-- Whose joules stand behind whose tokens where no node sees both: engines over several nodes, pairs of
-- prefill and decode servers; and how much of a cell's energy was attributed by measurement. Rows from
-- before know of no such engine: 0.

ALTER TABLE ${database}.efficiency_10s
    ADD COLUMN IF NOT EXISTS gpu_mj_measured Int64 DEFAULT if(attribution_method IN ('exclusive', 'unallocated', 'mig_activity'), gpu_mj - gpu_mj_integrated, 0) COMMENT '[mJ] part of gpu_mj that a counter counted and whose owner was measured: one owner, or shared by read activity' CODEC(T64, ZSTD(1)) AFTER prompt_computed_observed_ms,
    ADD COLUMN IF NOT EXISTS members_missing_ms Int64 COMMENT '[ms] board-ms that engines over several nodes and prefill/decode pairs run on and that were not seen' CODEC(T64, ZSTD(1)) AFTER gpu_mj_measured,
    ADD COLUMN IF NOT EXISTS members_unpaired_ms Int64 COMMENT '[ms] engine-ms of such engines whose tokens and joules do not cover the same time' CODEC(T64, ZSTD(1)) AFTER members_missing_ms,
    ADD COLUMN IF NOT EXISTS spanning_gpu_ms Int64 COMMENT '[ms] part of gpu_ms held by such engines' CODEC(T64, ZSTD(1)) AFTER members_unpaired_ms,
    ADD COLUMN IF NOT EXISTS spanning_gpu_ms_behind Int64 COMMENT '[ms] board-ms, of whatever cell, behind this cell''s tokens of such engines' CODEC(T64, ZSTD(1)) AFTER spanning_gpu_ms,
    ADD COLUMN IF NOT EXISTS gpu_mj_role_metered Int64 COMMENT '[mJ] prefill or decode servers'' own part of the energy behind metered tokens' CODEC(T64, ZSTD(1)) AFTER spanning_gpu_ms_behind,
    ADD COLUMN IF NOT EXISTS prompt_tokens_computed_role_metered Int64 COMMENT '[tokens] prefill or decode servers'' own part of the metered computed prompt tokens' CODEC(T64, ZSTD(1)) AFTER gpu_mj_role_metered,
    ADD COLUMN IF NOT EXISTS prefill_output_tokens Int64 COMMENT '[tokens] tokens that prefill servers made and decode servers counted: not output' CODEC(T64, ZSTD(1)) AFTER prompt_tokens_computed_role_metered,
    ADD COLUMN IF NOT EXISTS prefill_requests Int64 COMMENT '[requests] requests ended at prefill servers and handed on: not finished' CODEC(T64, ZSTD(1)) AFTER prefill_output_tokens,
    ADD COLUMN IF NOT EXISTS prompt_tokens_repeated Int64 COMMENT '[tokens] prompt tokens that decode servers counted again after their prefill servers' CODEC(T64, ZSTD(1)) AFTER prefill_requests,
    COMMENT COLUMN gpu_mj_metered '[mJ] energy of all boards behind output_tokens_metered, other members'' and prefill servers'' included';

ALTER TABLE ${database}.efficiency_1m
    ADD COLUMN IF NOT EXISTS gpu_mj_measured Int64 DEFAULT if(attribution_method IN ('exclusive', 'unallocated', 'mig_activity'), gpu_mj - gpu_mj_integrated, 0) COMMENT '[mJ] part of gpu_mj that a counter counted and whose owner was measured: one owner, or shared by read activity' CODEC(T64, ZSTD(1)) AFTER prompt_computed_observed_ms,
    ADD COLUMN IF NOT EXISTS members_missing_ms Int64 COMMENT '[ms] board-ms that engines over several nodes and prefill/decode pairs run on and that were not seen' CODEC(T64, ZSTD(1)) AFTER gpu_mj_measured,
    ADD COLUMN IF NOT EXISTS members_unpaired_ms Int64 COMMENT '[ms] engine-ms of such engines whose tokens and joules do not cover the same time' CODEC(T64, ZSTD(1)) AFTER members_missing_ms,
    ADD COLUMN IF NOT EXISTS spanning_gpu_ms Int64 COMMENT '[ms] part of gpu_ms held by such engines' CODEC(T64, ZSTD(1)) AFTER members_unpaired_ms,
    ADD COLUMN IF NOT EXISTS spanning_gpu_ms_behind Int64 COMMENT '[ms] board-ms, of whatever cell, behind this cell''s tokens of such engines' CODEC(T64, ZSTD(1)) AFTER spanning_gpu_ms,
    ADD COLUMN IF NOT EXISTS gpu_mj_role_metered Int64 COMMENT '[mJ] prefill or decode servers'' own part of the energy behind metered tokens' CODEC(T64, ZSTD(1)) AFTER spanning_gpu_ms_behind,
    ADD COLUMN IF NOT EXISTS prompt_tokens_computed_role_metered Int64 COMMENT '[tokens] prefill or decode servers'' own part of the metered computed prompt tokens' CODEC(T64, ZSTD(1)) AFTER gpu_mj_role_metered,
    ADD COLUMN IF NOT EXISTS prefill_output_tokens Int64 COMMENT '[tokens] tokens that prefill servers made and decode servers counted: not output' CODEC(T64, ZSTD(1)) AFTER prompt_tokens_computed_role_metered,
    ADD COLUMN IF NOT EXISTS prefill_requests Int64 COMMENT '[requests] requests ended at prefill servers and handed on: not finished' CODEC(T64, ZSTD(1)) AFTER prefill_output_tokens,
    ADD COLUMN IF NOT EXISTS prompt_tokens_repeated Int64 COMMENT '[tokens] prompt tokens that decode servers counted again after their prefill servers' CODEC(T64, ZSTD(1)) AFTER prefill_requests,
    COMMENT COLUMN gpu_mj_metered '[mJ] energy of all boards behind output_tokens_metered, other members'' and prefill servers'' included';

ALTER TABLE ${database}.efficiency_1h
    ADD COLUMN IF NOT EXISTS gpu_mj_measured Int64 DEFAULT if(attribution_method IN ('exclusive', 'unallocated', 'mig_activity'), gpu_mj - gpu_mj_integrated, 0) COMMENT '[mJ] part of gpu_mj that a counter counted and whose owner was measured: one owner, or shared by read activity' CODEC(T64, ZSTD(1)) AFTER prompt_computed_observed_ms,
    ADD COLUMN IF NOT EXISTS members_missing_ms Int64 COMMENT '[ms] board-ms that engines over several nodes and prefill/decode pairs run on and that were not seen' CODEC(T64, ZSTD(1)) AFTER gpu_mj_measured,
    ADD COLUMN IF NOT EXISTS members_unpaired_ms Int64 COMMENT '[ms] engine-ms of such engines whose tokens and joules do not cover the same time' CODEC(T64, ZSTD(1)) AFTER members_missing_ms,
    ADD COLUMN IF NOT EXISTS spanning_gpu_ms Int64 COMMENT '[ms] part of gpu_ms held by such engines' CODEC(T64, ZSTD(1)) AFTER members_unpaired_ms,
    ADD COLUMN IF NOT EXISTS spanning_gpu_ms_behind Int64 COMMENT '[ms] board-ms, of whatever cell, behind this cell''s tokens of such engines' CODEC(T64, ZSTD(1)) AFTER spanning_gpu_ms,
    ADD COLUMN IF NOT EXISTS gpu_mj_role_metered Int64 COMMENT '[mJ] prefill or decode servers'' own part of the energy behind metered tokens' CODEC(T64, ZSTD(1)) AFTER spanning_gpu_ms_behind,
    ADD COLUMN IF NOT EXISTS prompt_tokens_computed_role_metered Int64 COMMENT '[tokens] prefill or decode servers'' own part of the metered computed prompt tokens' CODEC(T64, ZSTD(1)) AFTER gpu_mj_role_metered,
    ADD COLUMN IF NOT EXISTS prefill_output_tokens Int64 COMMENT '[tokens] tokens that prefill servers made and decode servers counted: not output' CODEC(T64, ZSTD(1)) AFTER prompt_tokens_computed_role_metered,
    ADD COLUMN IF NOT EXISTS prefill_requests Int64 COMMENT '[requests] requests ended at prefill servers and handed on: not finished' CODEC(T64, ZSTD(1)) AFTER prefill_output_tokens,
    ADD COLUMN IF NOT EXISTS prompt_tokens_repeated Int64 COMMENT '[tokens] prompt tokens that decode servers counted again after their prefill servers' CODEC(T64, ZSTD(1)) AFTER prefill_requests,
    COMMENT COLUMN gpu_mj_metered '[mJ] energy of all boards behind output_tokens_metered, other members'' and prefill servers'' included';
