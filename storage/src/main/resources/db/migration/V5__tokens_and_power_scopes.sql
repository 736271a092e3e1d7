-- Tokens that are credited late or never, machine energy from a model, facility energy and its pairs, and
-- energy that is not believed; see CellMeasure. Rows from before know of none of it: 0, and where a
-- count above 0 shows that the engine told it, the time over which its tokens were read.

ALTER TABLE ${database}.efficiency_10s
    ADD COLUMN IF NOT EXISTS tokens_at_finish_ms Int64 COMMENT '[ms] part of tokens_observed_ms of engines that credit output tokens only when a request ends' CODEC(T64, ZSTD(1)) AFTER prompt_computed_observed_ms,
    ADD COLUMN IF NOT EXISTS at_finish_requests Int64 COMMENT '[requests] requests ended at such engines, by their end-to-end histograms' CODEC(T64, ZSTD(1)) AFTER tokens_at_finish_ms,
    ADD COLUMN IF NOT EXISTS at_finish_e2e_us Int64 COMMENT '[us] sum of those requests'' end-to-end times, microseconds' CODEC(T64, ZSTD(1)) AFTER at_finish_requests,
    ADD COLUMN IF NOT EXISTS tokens_prompt_only_ms Int64 COMMENT '[ms] part of tokens_observed_ms of engines that generate nothing (embedding, reranking)' CODEC(T64, ZSTD(1)) AFTER at_finish_e2e_us,
    ADD COLUMN IF NOT EXISTS prompt_cached_observed_ms Int64 DEFAULT if(prompt_tokens_cached > 0, tokens_observed_ms, 0) COMMENT '[ms] engine-ms whose cached prompt tokens are known; 0 = unknown, not zero' CODEC(T64, ZSTD(1)) AFTER tokens_prompt_only_ms,
    ADD COLUMN IF NOT EXISTS prompt_transferred_observed_ms Int64 DEFAULT if(prompt_tokens_transferred > 0, tokens_observed_ms, 0) COMMENT '[ms] engine-ms whose transferred prompt tokens are known; 0 = unknown, not zero' CODEC(T64, ZSTD(1)) AFTER prompt_cached_observed_ms,
    ADD COLUMN IF NOT EXISTS reasoning_observed_ms Int64 DEFAULT if(reasoning_tokens > 0, tokens_observed_ms, 0) COMMENT '[ms] engine-ms whose reasoning tokens are known; 0 = unknown, not zero' CODEC(T64, ZSTD(1)) AFTER prompt_transferred_observed_ms,
    ADD COLUMN IF NOT EXISTS prompt_tokens_cached_bridged Int64 COMMENT '[tokens] cached prompt tokens over gaps longer than 5 minutes; not in prompt_tokens_cached' CODEC(T64, ZSTD(1)) AFTER reasoning_observed_ms,
    ADD COLUMN IF NOT EXISTS requests_finished_bridged Int64 COMMENT '[requests] requests ended over gaps longer than 5 minutes; not in requests_finished' CODEC(T64, ZSTD(1)) AFTER prompt_tokens_cached_bridged,
    ADD COLUMN IF NOT EXISTS node_modelled_ms Int64 COMMENT '[ms] board-ms on machines whose energy is modelled and whose boards are read' CODEC(T64, ZSTD(1)) AFTER requests_finished_bridged,
    ADD COLUMN IF NOT EXISTS node_mj_modelled_metered Int64 COMMENT '[mJ] part of node_mj_modelled whose node-intervals also have tokens' CODEC(T64, ZSTD(1)) AFTER node_modelled_ms,
    ADD COLUMN IF NOT EXISTS output_tokens_node_modelled_metered Int64 COMMENT '[tokens] part of output_tokens whose node-intervals also have modelled machine energy' CODEC(T64, ZSTD(1)) AFTER node_mj_modelled_metered,
    ADD COLUMN IF NOT EXISTS facility_mj_metered Int64 COMMENT '[mJ] part of facility_mj whose node-intervals also have tokens' CODEC(T64, ZSTD(1)) AFTER output_tokens_node_modelled_metered,
    ADD COLUMN IF NOT EXISTS output_tokens_facility_metered Int64 COMMENT '[tokens] part of output_tokens whose node-intervals also have machine energy and a PUE' CODEC(T64, ZSTD(1)) AFTER facility_mj_metered,
    ADD COLUMN IF NOT EXISTS facility_observed_ms Int64 COMMENT '[ms] part of node_observed_ms with a known PUE' CODEC(T64, ZSTD(1)) AFTER output_tokens_facility_metered,
    ADD COLUMN IF NOT EXISTS facility_mj_modelled Int64 COMMENT '[mJ] modelled node energy times the site''s PUE then; not in facility_mj' CODEC(T64, ZSTD(1)) AFTER facility_observed_ms,
    ADD COLUMN IF NOT EXISTS facility_mj_modelled_metered Int64 COMMENT '[mJ] part of facility_mj_modelled whose node-intervals also have tokens' CODEC(T64, ZSTD(1)) AFTER facility_mj_modelled,
    ADD COLUMN IF NOT EXISTS output_tokens_facility_modelled_metered Int64 COMMENT '[tokens] part of output_tokens whose node-intervals also have modelled machine energy and a PUE' CODEC(T64, ZSTD(1)) AFTER facility_mj_modelled_metered,
    ADD COLUMN IF NOT EXISTS gpu_mj_doubted Int64 COMMENT '[mJ] part of gpu_mj of boards whose counter contradicts their power readings or their limit' CODEC(T64, ZSTD(1)) AFTER output_tokens_facility_modelled_metered;

ALTER TABLE ${database}.efficiency_1m
    ADD COLUMN IF NOT EXISTS tokens_at_finish_ms Int64 COMMENT '[ms] part of tokens_observed_ms of engines that credit output tokens only when a request ends' CODEC(T64, ZSTD(1)) AFTER prompt_computed_observed_ms,
    ADD COLUMN IF NOT EXISTS at_finish_requests Int64 COMMENT '[requests] requests ended at such engines, by their end-to-end histograms' CODEC(T64, ZSTD(1)) AFTER tokens_at_finish_ms,
    ADD COLUMN IF NOT EXISTS at_finish_e2e_us Int64 COMMENT '[us] sum of those requests'' end-to-end times, microseconds' CODEC(T64, ZSTD(1)) AFTER at_finish_requests,
    ADD COLUMN IF NOT EXISTS tokens_prompt_only_ms Int64 COMMENT '[ms] part of tokens_observed_ms of engines that generate nothing (embedding, reranking)' CODEC(T64, ZSTD(1)) AFTER at_finish_e2e_us,
    ADD COLUMN IF NOT EXISTS prompt_cached_observed_ms Int64 DEFAULT if(prompt_tokens_cached > 0, tokens_observed_ms, 0) COMMENT '[ms] engine-ms whose cached prompt tokens are known; 0 = unknown, not zero' CODEC(T64, ZSTD(1)) AFTER tokens_prompt_only_ms,
    ADD COLUMN IF NOT EXISTS prompt_transferred_observed_ms Int64 DEFAULT if(prompt_tokens_transferred > 0, tokens_observed_ms, 0) COMMENT '[ms] engine-ms whose transferred prompt tokens are known; 0 = unknown, not zero' CODEC(T64, ZSTD(1)) AFTER prompt_cached_observed_ms,
    ADD COLUMN IF NOT EXISTS reasoning_observed_ms Int64 DEFAULT if(reasoning_tokens > 0, tokens_observed_ms, 0) COMMENT '[ms] engine-ms whose reasoning tokens are known; 0 = unknown, not zero' CODEC(T64, ZSTD(1)) AFTER prompt_transferred_observed_ms,
    ADD COLUMN IF NOT EXISTS prompt_tokens_cached_bridged Int64 COMMENT '[tokens] cached prompt tokens over gaps longer than 5 minutes; not in prompt_tokens_cached' CODEC(T64, ZSTD(1)) AFTER reasoning_observed_ms,
    ADD COLUMN IF NOT EXISTS requests_finished_bridged Int64 COMMENT '[requests] requests ended over gaps longer than 5 minutes; not in requests_finished' CODEC(T64, ZSTD(1)) AFTER prompt_tokens_cached_bridged,
    ADD COLUMN IF NOT EXISTS node_modelled_ms Int64 COMMENT '[ms] board-ms on machines whose energy is modelled and whose boards are read' CODEC(T64, ZSTD(1)) AFTER requests_finished_bridged,
    ADD COLUMN IF NOT EXISTS node_mj_modelled_metered Int64 COMMENT '[mJ] part of node_mj_modelled whose node-intervals also have tokens' CODEC(T64, ZSTD(1)) AFTER node_modelled_ms,
    ADD COLUMN IF NOT EXISTS output_tokens_node_modelled_metered Int64 COMMENT '[tokens] part of output_tokens whose node-intervals also have modelled machine energy' CODEC(T64, ZSTD(1)) AFTER node_mj_modelled_metered,
    ADD COLUMN IF NOT EXISTS facility_mj_metered Int64 COMMENT '[mJ] part of facility_mj whose node-intervals also have tokens' CODEC(T64, ZSTD(1)) AFTER output_tokens_node_modelled_metered,
    ADD COLUMN IF NOT EXISTS output_tokens_facility_metered Int64 COMMENT '[tokens] part of output_tokens whose node-intervals also have machine energy and a PUE' CODEC(T64, ZSTD(1)) AFTER facility_mj_metered,
    ADD COLUMN IF NOT EXISTS facility_observed_ms Int64 COMMENT '[ms] part of node_observed_ms with a known PUE' CODEC(T64, ZSTD(1)) AFTER output_tokens_facility_metered,
    ADD COLUMN IF NOT EXISTS facility_mj_modelled Int64 COMMENT '[mJ] modelled node energy times the site''s PUE then; not in facility_mj' CODEC(T64, ZSTD(1)) AFTER facility_observed_ms,
    ADD COLUMN IF NOT EXISTS facility_mj_modelled_metered Int64 COMMENT '[mJ] part of facility_mj_modelled whose node-intervals also have tokens' CODEC(T64, ZSTD(1)) AFTER facility_mj_modelled,
    ADD COLUMN IF NOT EXISTS output_tokens_facility_modelled_metered Int64 COMMENT '[tokens] part of output_tokens whose node-intervals also have modelled machine energy and a PUE' CODEC(T64, ZSTD(1)) AFTER facility_mj_modelled_metered,
    ADD COLUMN IF NOT EXISTS gpu_mj_doubted Int64 COMMENT '[mJ] part of gpu_mj of boards whose counter contradicts their power readings or their limit' CODEC(T64, ZSTD(1)) AFTER output_tokens_facility_modelled_metered;

ALTER TABLE ${database}.efficiency_1h
    ADD COLUMN IF NOT EXISTS tokens_at_finish_ms Int64 COMMENT '[ms] part of tokens_observed_ms of engines that credit output tokens only when a request ends' CODEC(T64, ZSTD(1)) AFTER prompt_computed_observed_ms,
    ADD COLUMN IF NOT EXISTS at_finish_requests Int64 COMMENT '[requests] requests ended at such engines, by their end-to-end histograms' CODEC(T64, ZSTD(1)) AFTER tokens_at_finish_ms,
    ADD COLUMN IF NOT EXISTS at_finish_e2e_us Int64 COMMENT '[us] sum of those requests'' end-to-end times, microseconds' CODEC(T64, ZSTD(1)) AFTER at_finish_requests,
    ADD COLUMN IF NOT EXISTS tokens_prompt_only_ms Int64 COMMENT '[ms] part of tokens_observed_ms of engines that generate nothing (embedding, reranking)' CODEC(T64, ZSTD(1)) AFTER at_finish_e2e_us,
    ADD COLUMN IF NOT EXISTS prompt_cached_observed_ms Int64 DEFAULT if(prompt_tokens_cached > 0, tokens_observed_ms, 0) COMMENT '[ms] engine-ms whose cached prompt tokens are known; 0 = unknown, not zero' CODEC(T64, ZSTD(1)) AFTER tokens_prompt_only_ms,
    ADD COLUMN IF NOT EXISTS prompt_transferred_observed_ms Int64 DEFAULT if(prompt_tokens_transferred > 0, tokens_observed_ms, 0) COMMENT '[ms] engine-ms whose transferred prompt tokens are known; 0 = unknown, not zero' CODEC(T64, ZSTD(1)) AFTER prompt_cached_observed_ms,
    ADD COLUMN IF NOT EXISTS reasoning_observed_ms Int64 DEFAULT if(reasoning_tokens > 0, tokens_observed_ms, 0) COMMENT '[ms] engine-ms whose reasoning tokens are known; 0 = unknown, not zero' CODEC(T64, ZSTD(1)) AFTER prompt_transferred_observed_ms,
    ADD COLUMN IF NOT EXISTS prompt_tokens_cached_bridged Int64 COMMENT '[tokens] cached prompt tokens over gaps longer than 5 minutes; not in prompt_tokens_cached' CODEC(T64, ZSTD(1)) AFTER reasoning_observed_ms,
    ADD COLUMN IF NOT EXISTS requests_finished_bridged Int64 COMMENT '[requests] requests ended over gaps longer than 5 minutes; not in requests_finished' CODEC(T64, ZSTD(1)) AFTER prompt_tokens_cached_bridged,
    ADD COLUMN IF NOT EXISTS node_modelled_ms Int64 COMMENT '[ms] board-ms on machines whose energy is modelled and whose boards are read' CODEC(T64, ZSTD(1)) AFTER requests_finished_bridged,
    ADD COLUMN IF NOT EXISTS node_mj_modelled_metered Int64 COMMENT '[mJ] part of node_mj_modelled whose node-intervals also have tokens' CODEC(T64, ZSTD(1)) AFTER node_modelled_ms,
    ADD COLUMN IF NOT EXISTS output_tokens_node_modelled_metered Int64 COMMENT '[tokens] part of output_tokens whose node-intervals also have modelled machine energy' CODEC(T64, ZSTD(1)) AFTER node_mj_modelled_metered,
    ADD COLUMN IF NOT EXISTS facility_mj_metered Int64 COMMENT '[mJ] part of facility_mj whose node-intervals also have tokens' CODEC(T64, ZSTD(1)) AFTER output_tokens_node_modelled_metered,
    ADD COLUMN IF NOT EXISTS output_tokens_facility_metered Int64 COMMENT '[tokens] part of output_tokens whose node-intervals also have machine energy and a PUE' CODEC(T64, ZSTD(1)) AFTER facility_mj_metered,
    ADD COLUMN IF NOT EXISTS facility_observed_ms Int64 COMMENT '[ms] part of node_observed_ms with a known PUE' CODEC(T64, ZSTD(1)) AFTER output_tokens_facility_metered,
    ADD COLUMN IF NOT EXISTS facility_mj_modelled Int64 COMMENT '[mJ] modelled node energy times the site''s PUE then; not in facility_mj' CODEC(T64, ZSTD(1)) AFTER facility_observed_ms,
    ADD COLUMN IF NOT EXISTS facility_mj_modelled_metered Int64 COMMENT '[mJ] part of facility_mj_modelled whose node-intervals also have tokens' CODEC(T64, ZSTD(1)) AFTER facility_mj_modelled,
    ADD COLUMN IF NOT EXISTS output_tokens_facility_modelled_metered Int64 COMMENT '[tokens] part of output_tokens whose node-intervals also have modelled machine energy and a PUE' CODEC(T64, ZSTD(1)) AFTER facility_mj_modelled_metered,
    ADD COLUMN IF NOT EXISTS gpu_mj_doubted Int64 COMMENT '[mJ] part of gpu_mj of boards whose counter contradicts their power readings or their limit' CODEC(T64, ZSTD(1)) AFTER output_tokens_facility_modelled_metered;

ALTER TABLE ${database}.engine_10s
    ADD COLUMN IF NOT EXISTS prompt_tokens_cached_bridged Int64 COMMENT '[tokens] cached prompt tokens over gaps longer than 5 minutes; not in prompt_tokens_cached' CODEC(T64, ZSTD(1)) AFTER accepted_tokens,
    ADD COLUMN IF NOT EXISTS requests_finished_bridged Int64 COMMENT '[requests] requests ended over gaps longer than 5 minutes; not in requests_finished' CODEC(T64, ZSTD(1)) AFTER prompt_tokens_cached_bridged;
