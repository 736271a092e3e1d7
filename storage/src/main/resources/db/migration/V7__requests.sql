-- Facts of requests, as gateways and clients saw them, and the SLOs they are held to.
--
-- A sketch is a histogram with buckets that grow by 2 %: bucket i holds v microseconds with
--
--     i = ceil(ln(max(v, 1)) / ln(g)),   g = 1.01 / 0.99,   so   g^(i-1) < v <= g^i
--
-- and stands for 2 g^i / (g + 1) microseconds, which is within 1 % of every v in it (DDSketch, Masson,
-- Rim and Lee, VLDB 2019). Only buckets that hold something are stored. Sketches add up bucket by bucket,
-- sumMap(ttft_gateway_index, ttft_gateway_count), over any rows. The quantile q of n observations is the
-- value of the first bucket at which the running count reaches q n.
--
-- Tokens here come from the events; those of efficiency_10s come from the engines. They measure the same
-- work from two sides: compare them, never add them.

CREATE TABLE IF NOT EXISTS ${database}.request_10s
(
    window_start DateTime('UTC') COMMENT '[UTC s] start of the 10 s window of the completion time, half-open' CODEC(Delta, ZSTD(1)),
    region LowCardinality(String) COMMENT '[text] where the request was served; empty = unknown',
    cluster LowCardinality(String) COMMENT '[text] cluster that served the request; empty = unknown',
    site_kind LowCardinality(String) COMMENT '[text] cloud, on_prem or edge; empty = unknown',
    provider LowCardinality(String) COMMENT '[text] who rents or owns the boards; empty = unknown',
    purchase_option LowCardinality(String) COMMENT '[text] on_demand, reserved, spot, owned or as configured; part of the price key; empty = unknown',
    hardware LowCardinality(String) COMMENT '[text] canonical board name of the hardware catalogue, else the exporter name; empty = unknown',
    model LowCardinality(String) COMMENT '[text] canonical model name, else as served; empty = unknown',
    precision LowCardinality(String) COMMENT '[text] weights precision such as fp8 or bf16; empty = unknown',
    workload LowCardinality(String) COMMENT '[text] who holds the boards that served; empty = unknown',
    owner LowCardinality(String) COMMENT '[text] team that pays; empty = unknown',
    deployment LowCardinality(String) COMMENT '[text] key of the deployment in table events; empty = unknown',
    engine LowCardinality(String) COMMENT '[text] serving engine; empty = unknown',
    role LowCardinality(String) COMMENT '[text] prefill, decode or both; empty = unknown',
    task LowCardinality(String) COMMENT '[text] generate, embed, rerank or other; empty = unknown',
    kind LowCardinality(String) COMMENT '[text] inference, training, batch or other; empty = unknown',
    cell_id UInt64 COMMENT '[hash] Cell.id(): first 8 bytes of SHA-256 over the fifteen dimensions',
    service_class LowCardinality(String) COMMENT '[text] what SLOs are kept by, such as interactive; empty = not told',
    tenant LowCardinality(String) COMMENT '[hex] keyed hash of the tenant, or its name where the agent was told so; empty = not told',
    client_region LowCardinality(String) COMMENT '[text] where the client is; empty = not told',
    adapter LowCardinality(String) COMMENT '[text] LoRA adapter; empty = none or not told',
    requests Int64 COMMENT '[requests] ended requests, failed ones included' CODEC(T64, ZSTD(1)),
    requests_ok Int64 COMMENT '[requests] requests that ended well' CODEC(T64, ZSTD(1)),
    requests_error Int64 COMMENT '[requests] requests that ended in an error' CODEC(T64, ZSTD(1)),
    requests_aborted Int64 COMMENT '[requests] requests given up by the client or timed out' CODEC(T64, ZSTD(1)),
    prompt_tokens Int64 COMMENT '[tokens] prompt tokens, cached included, as the events say' CODEC(T64, ZSTD(1)),
    prompt_tokens_cached Int64 COMMENT '[tokens] prompt tokens answered from the prefix cache, as the events say' CODEC(T64, ZSTD(1)),
    output_tokens Int64 COMMENT '[tokens] generated tokens, reasoning included, as the events say' CODEC(T64, ZSTD(1)),
    reasoning_tokens Int64 COMMENT '[tokens] output tokens of reasoning, as the events say' CODEC(T64, ZSTD(1)),
    requests_prompt_known Int64 COMMENT '[requests] requests that told prompt_tokens; 0 = unknown, not zero' CODEC(T64, ZSTD(1)),
    requests_cached_known Int64 COMMENT '[requests] requests that told prompt_tokens_cached; 0 = unknown, not zero' CODEC(T64, ZSTD(1)),
    requests_output_known Int64 COMMENT '[requests] requests that told output_tokens; 0 = unknown, not zero' CODEC(T64, ZSTD(1)),
    requests_reasoning_known Int64 COMMENT '[requests] requests that told reasoning_tokens; 0 = unknown, not zero' CODEC(T64, ZSTD(1)),
    prompt_tokens_cached_known Int64 COMMENT '[tokens] part of prompt_tokens whose requests told prompt_tokens_cached' CODEC(T64, ZSTD(1)),
    output_tokens_reasoning_known Int64 COMMENT '[tokens] part of output_tokens whose requests told reasoning_tokens' CODEC(T64, ZSTD(1)),
    requests_unresolved Int64 COMMENT '[requests] requests whose server is not known: dimensions of the cell are empty' CODEC(T64, ZSTD(1)),
    requests_judged Int64 COMMENT '[requests] requests that an SLO in force could be applied to, failed ones included' CODEC(T64, ZSTD(1)),
    requests_good Int64 COMMENT '[requests] part of requests_judged that ended well inside all SLO targets' CODEC(T64, ZSTD(1)),
    output_tokens_good Int64 COMMENT '[tokens] output tokens of requests_good' CODEC(T64, ZSTD(1)),
    failed_gateway Int64 COMMENT '[requests] failed or aborted requests among the events of a gateway' CODEC(T64, ZSTD(1)),
    failed_client Int64 COMMENT '[requests] failed or aborted requests among the events of a client' CODEC(T64, ZSTD(1)),
    ttft_gateway_us Int64 COMMENT '[us] sum behind sketch ttft_gateway' CODEC(T64, ZSTD(1)),
    e2e_gateway_us Int64 COMMENT '[us] sum behind sketch e2e_gateway' CODEC(T64, ZSTD(1)),
    tpot_gateway_us Int64 COMMENT '[us] sum behind sketch tpot_gateway' CODEC(T64, ZSTD(1)),
    ttft_client_us Int64 COMMENT '[us] sum behind sketch ttft_client' CODEC(T64, ZSTD(1)),
    e2e_client_us Int64 COMMENT '[us] sum behind sketch e2e_client' CODEC(T64, ZSTD(1)),
    tpot_client_us Int64 COMMENT '[us] sum behind sketch tpot_client' CODEC(T64, ZSTD(1)),
    clock_skew Int64 COMMENT '[events] events whose own time was not believable; the broker''s record time was used' CODEC(T64, ZSTD(1)),
    output_tokens_judged Int64 COMMENT '[tokens] output tokens of requests_judged' CODEC(T64, ZSTD(1)),
    ttft_gateway_index Array(Int32) COMMENT '[number] buckets of the sketch of time to the first token at the gateway' CODEC(ZSTD(1)),
    ttft_gateway_count Array(Int64) COMMENT '[requests] in each bucket of ttft_gateway_index' CODEC(ZSTD(1)),
    e2e_gateway_index Array(Int32) COMMENT '[number] buckets of the sketch of time to the last token at the gateway' CODEC(ZSTD(1)),
    e2e_gateway_count Array(Int64) COMMENT '[requests] in each bucket of e2e_gateway_index' CODEC(ZSTD(1)),
    tpot_gateway_index Array(Int32) COMMENT '[number] buckets of the sketch of (e2e - ttft) / (output tokens - 1) at the gateway, of requests with 2 or more' CODEC(ZSTD(1)),
    tpot_gateway_count Array(Int64) COMMENT '[requests] in each bucket of tpot_gateway_index' CODEC(ZSTD(1)),
    ttft_client_index Array(Int32) COMMENT '[number] buckets of the sketch of time to the first token at the client' CODEC(ZSTD(1)),
    ttft_client_count Array(Int64) COMMENT '[requests] in each bucket of ttft_client_index' CODEC(ZSTD(1)),
    e2e_client_index Array(Int32) COMMENT '[number] buckets of the sketch of time to the last token at the client' CODEC(ZSTD(1)),
    e2e_client_count Array(Int64) COMMENT '[requests] in each bucket of e2e_client_index' CODEC(ZSTD(1)),
    tpot_client_index Array(Int32) COMMENT '[number] buckets of the sketch of (e2e - ttft) / (output tokens - 1) at the client, of requests with 2 or more' CODEC(ZSTD(1)),
    tpot_client_count Array(Int64) COMMENT '[requests] in each bucket of tpot_client_index' CODEC(ZSTD(1)),
    slo_version UInt64 COMMENT '[number] highest version of the SLOs that requests_good was judged by; 0 = none' CODEC(T64, ZSTD(1)),
    version UInt64 COMMENT '[number] epoch x 2^40 + events merged; of two rows with one key the higher version stays' CODEC(T64, ZSTD(1)),
    written_at DateTime('UTC') MATERIALIZED now() COMMENT '[UTC s] when the row was inserted; the rollups read what was written since they last ran' CODEC(Delta, ZSTD(1)),
    INDEX window_start_minmax window_start TYPE minmax GRANULARITY 1,
    INDEX written_at_minmax written_at TYPE minmax GRANULARITY 1
)
ENGINE = ReplacingMergeTree(version)
PARTITION BY toYYYYMMDD(window_start)
ORDER BY (toStartOfHour(window_start), region, hardware, model, window_start, cell_id, service_class, tenant, client_region, adapter)
SETTINGS ttl_only_drop_parts = 1
COMMENT 'One row per cell, service class, tenant, client region, adapter and 10 s window: requests, their tokens and latency sketches.';

CREATE TABLE IF NOT EXISTS ${database}.request_1m
(
    window_start DateTime('UTC') COMMENT '[UTC s] start of the 1 min window of the completion time, half-open' CODEC(Delta, ZSTD(1)),
    region LowCardinality(String) COMMENT '[text] where the request was served; empty = unknown',
    cluster LowCardinality(String) COMMENT '[text] cluster that served the request; empty = unknown',
    site_kind LowCardinality(String) COMMENT '[text] cloud, on_prem or edge; empty = unknown',
    provider LowCardinality(String) COMMENT '[text] who rents or owns the boards; empty = unknown',
    purchase_option LowCardinality(String) COMMENT '[text] on_demand, reserved, spot, owned or as configured; part of the price key; empty = unknown',
    hardware LowCardinality(String) COMMENT '[text] canonical board name of the hardware catalogue, else the exporter name; empty = unknown',
    model LowCardinality(String) COMMENT '[text] canonical model name, else as served; empty = unknown',
    precision LowCardinality(String) COMMENT '[text] weights precision such as fp8 or bf16; empty = unknown',
    workload LowCardinality(String) COMMENT '[text] who holds the boards that served; empty = unknown',
    owner LowCardinality(String) COMMENT '[text] team that pays; empty = unknown',
    deployment LowCardinality(String) COMMENT '[text] key of the deployment in table events; empty = unknown',
    engine LowCardinality(String) COMMENT '[text] serving engine; empty = unknown',
    role LowCardinality(String) COMMENT '[text] prefill, decode or both; empty = unknown',
    task LowCardinality(String) COMMENT '[text] generate, embed, rerank or other; empty = unknown',
    kind LowCardinality(String) COMMENT '[text] inference, training, batch or other; empty = unknown',
    cell_id UInt64 COMMENT '[hash] Cell.id(): first 8 bytes of SHA-256 over the fifteen dimensions',
    service_class LowCardinality(String) COMMENT '[text] what SLOs are kept by, such as interactive; empty = not told',
    tenant LowCardinality(String) COMMENT '[hex] keyed hash of the tenant, or its name where the agent was told so; empty = not told',
    client_region LowCardinality(String) COMMENT '[text] where the client is; empty = not told',
    adapter LowCardinality(String) COMMENT '[text] LoRA adapter; empty = none or not told',
    requests Int64 COMMENT '[requests] ended requests, failed ones included' CODEC(T64, ZSTD(1)),
    requests_ok Int64 COMMENT '[requests] requests that ended well' CODEC(T64, ZSTD(1)),
    requests_error Int64 COMMENT '[requests] requests that ended in an error' CODEC(T64, ZSTD(1)),
    requests_aborted Int64 COMMENT '[requests] requests given up by the client or timed out' CODEC(T64, ZSTD(1)),
    prompt_tokens Int64 COMMENT '[tokens] prompt tokens, cached included, as the events say' CODEC(T64, ZSTD(1)),
    prompt_tokens_cached Int64 COMMENT '[tokens] prompt tokens answered from the prefix cache, as the events say' CODEC(T64, ZSTD(1)),
    output_tokens Int64 COMMENT '[tokens] generated tokens, reasoning included, as the events say' CODEC(T64, ZSTD(1)),
    reasoning_tokens Int64 COMMENT '[tokens] output tokens of reasoning, as the events say' CODEC(T64, ZSTD(1)),
    requests_prompt_known Int64 COMMENT '[requests] requests that told prompt_tokens; 0 = unknown, not zero' CODEC(T64, ZSTD(1)),
    requests_cached_known Int64 COMMENT '[requests] requests that told prompt_tokens_cached; 0 = unknown, not zero' CODEC(T64, ZSTD(1)),
    requests_output_known Int64 COMMENT '[requests] requests that told output_tokens; 0 = unknown, not zero' CODEC(T64, ZSTD(1)),
    requests_reasoning_known Int64 COMMENT '[requests] requests that told reasoning_tokens; 0 = unknown, not zero' CODEC(T64, ZSTD(1)),
    prompt_tokens_cached_known Int64 COMMENT '[tokens] part of prompt_tokens whose requests told prompt_tokens_cached' CODEC(T64, ZSTD(1)),
    output_tokens_reasoning_known Int64 COMMENT '[tokens] part of output_tokens whose requests told reasoning_tokens' CODEC(T64, ZSTD(1)),
    requests_unresolved Int64 COMMENT '[requests] requests whose server is not known: dimensions of the cell are empty' CODEC(T64, ZSTD(1)),
    requests_judged Int64 COMMENT '[requests] requests that an SLO in force could be applied to, failed ones included' CODEC(T64, ZSTD(1)),
    requests_good Int64 COMMENT '[requests] part of requests_judged that ended well inside all SLO targets' CODEC(T64, ZSTD(1)),
    output_tokens_good Int64 COMMENT '[tokens] output tokens of requests_good' CODEC(T64, ZSTD(1)),
    failed_gateway Int64 COMMENT '[requests] failed or aborted requests among the events of a gateway' CODEC(T64, ZSTD(1)),
    failed_client Int64 COMMENT '[requests] failed or aborted requests among the events of a client' CODEC(T64, ZSTD(1)),
    ttft_gateway_us Int64 COMMENT '[us] sum behind sketch ttft_gateway' CODEC(T64, ZSTD(1)),
    e2e_gateway_us Int64 COMMENT '[us] sum behind sketch e2e_gateway' CODEC(T64, ZSTD(1)),
    tpot_gateway_us Int64 COMMENT '[us] sum behind sketch tpot_gateway' CODEC(T64, ZSTD(1)),
    ttft_client_us Int64 COMMENT '[us] sum behind sketch ttft_client' CODEC(T64, ZSTD(1)),
    e2e_client_us Int64 COMMENT '[us] sum behind sketch e2e_client' CODEC(T64, ZSTD(1)),
    tpot_client_us Int64 COMMENT '[us] sum behind sketch tpot_client' CODEC(T64, ZSTD(1)),
    clock_skew Int64 COMMENT '[events] events whose own time was not believable; the broker''s record time was used' CODEC(T64, ZSTD(1)),
    output_tokens_judged Int64 COMMENT '[tokens] output tokens of requests_judged' CODEC(T64, ZSTD(1)),
    ttft_gateway_index Array(Int32) COMMENT '[number] buckets of the sketch of time to the first token at the gateway' CODEC(ZSTD(1)),
    ttft_gateway_count Array(Int64) COMMENT '[requests] in each bucket of ttft_gateway_index' CODEC(ZSTD(1)),
    e2e_gateway_index Array(Int32) COMMENT '[number] buckets of the sketch of time to the last token at the gateway' CODEC(ZSTD(1)),
    e2e_gateway_count Array(Int64) COMMENT '[requests] in each bucket of e2e_gateway_index' CODEC(ZSTD(1)),
    tpot_gateway_index Array(Int32) COMMENT '[number] buckets of the sketch of (e2e - ttft) / (output tokens - 1) at the gateway, of requests with 2 or more' CODEC(ZSTD(1)),
    tpot_gateway_count Array(Int64) COMMENT '[requests] in each bucket of tpot_gateway_index' CODEC(ZSTD(1)),
    ttft_client_index Array(Int32) COMMENT '[number] buckets of the sketch of time to the first token at the client' CODEC(ZSTD(1)),
    ttft_client_count Array(Int64) COMMENT '[requests] in each bucket of ttft_client_index' CODEC(ZSTD(1)),
    e2e_client_index Array(Int32) COMMENT '[number] buckets of the sketch of time to the last token at the client' CODEC(ZSTD(1)),
    e2e_client_count Array(Int64) COMMENT '[requests] in each bucket of e2e_client_index' CODEC(ZSTD(1)),
    tpot_client_index Array(Int32) COMMENT '[number] buckets of the sketch of (e2e - ttft) / (output tokens - 1) at the client, of requests with 2 or more' CODEC(ZSTD(1)),
    tpot_client_count Array(Int64) COMMENT '[requests] in each bucket of tpot_client_index' CODEC(ZSTD(1)),
    slo_version UInt64 COMMENT '[number] highest version of the SLOs that requests_good was judged by; 0 = none' CODEC(T64, ZSTD(1)),
    version UInt64 COMMENT '[number] sum of the versions of the finer rows; of two rows with one key the higher version stays' CODEC(T64, ZSTD(1)),
    written_at DateTime('UTC') MATERIALIZED now() COMMENT '[UTC s] when the row was inserted; the rollups read what was written since they last ran' CODEC(Delta, ZSTD(1)),
    INDEX window_start_minmax window_start TYPE minmax GRANULARITY 1,
    INDEX written_at_minmax written_at TYPE minmax GRANULARITY 1
)
ENGINE = ReplacingMergeTree(version)
PARTITION BY toYYYYMMDD(window_start)
ORDER BY (toStartOfDay(window_start), region, hardware, model, window_start, cell_id, service_class, tenant, client_region, adapter)
SETTINGS ttl_only_drop_parts = 1
COMMENT 'request_10s summed per minute.';

CREATE TABLE IF NOT EXISTS ${database}.request_1h
(
    window_start DateTime('UTC') COMMENT '[UTC s] start of the 1 h window of the completion time, half-open' CODEC(Delta, ZSTD(1)),
    region LowCardinality(String) COMMENT '[text] where the request was served; empty = unknown',
    cluster LowCardinality(String) COMMENT '[text] cluster that served the request; empty = unknown',
    site_kind LowCardinality(String) COMMENT '[text] cloud, on_prem or edge; empty = unknown',
    provider LowCardinality(String) COMMENT '[text] who rents or owns the boards; empty = unknown',
    purchase_option LowCardinality(String) COMMENT '[text] on_demand, reserved, spot, owned or as configured; part of the price key; empty = unknown',
    hardware LowCardinality(String) COMMENT '[text] canonical board name of the hardware catalogue, else the exporter name; empty = unknown',
    model LowCardinality(String) COMMENT '[text] canonical model name, else as served; empty = unknown',
    precision LowCardinality(String) COMMENT '[text] weights precision such as fp8 or bf16; empty = unknown',
    workload LowCardinality(String) COMMENT '[text] who holds the boards that served; empty = unknown',
    owner LowCardinality(String) COMMENT '[text] team that pays; empty = unknown',
    deployment LowCardinality(String) COMMENT '[text] key of the deployment in table events; empty = unknown',
    engine LowCardinality(String) COMMENT '[text] serving engine; empty = unknown',
    role LowCardinality(String) COMMENT '[text] prefill, decode or both; empty = unknown',
    task LowCardinality(String) COMMENT '[text] generate, embed, rerank or other; empty = unknown',
    kind LowCardinality(String) COMMENT '[text] inference, training, batch or other; empty = unknown',
    cell_id UInt64 COMMENT '[hash] Cell.id(): first 8 bytes of SHA-256 over the fifteen dimensions',
    service_class LowCardinality(String) COMMENT '[text] what SLOs are kept by, such as interactive; empty = not told',
    tenant LowCardinality(String) COMMENT '[hex] keyed hash of the tenant, or its name where the agent was told so; empty = not told',
    client_region LowCardinality(String) COMMENT '[text] where the client is; empty = not told',
    adapter LowCardinality(String) COMMENT '[text] LoRA adapter; empty = none or not told',
    requests Int64 COMMENT '[requests] ended requests, failed ones included' CODEC(T64, ZSTD(1)),
    requests_ok Int64 COMMENT '[requests] requests that ended well' CODEC(T64, ZSTD(1)),
    requests_error Int64 COMMENT '[requests] requests that ended in an error' CODEC(T64, ZSTD(1)),
    requests_aborted Int64 COMMENT '[requests] requests given up by the client or timed out' CODEC(T64, ZSTD(1)),
    prompt_tokens Int64 COMMENT '[tokens] prompt tokens, cached included, as the events say' CODEC(T64, ZSTD(1)),
    prompt_tokens_cached Int64 COMMENT '[tokens] prompt tokens answered from the prefix cache, as the events say' CODEC(T64, ZSTD(1)),
    output_tokens Int64 COMMENT '[tokens] generated tokens, reasoning included, as the events say' CODEC(T64, ZSTD(1)),
    reasoning_tokens Int64 COMMENT '[tokens] output tokens of reasoning, as the events say' CODEC(T64, ZSTD(1)),
    requests_prompt_known Int64 COMMENT '[requests] requests that told prompt_tokens; 0 = unknown, not zero' CODEC(T64, ZSTD(1)),
    requests_cached_known Int64 COMMENT '[requests] requests that told prompt_tokens_cached; 0 = unknown, not zero' CODEC(T64, ZSTD(1)),
    requests_output_known Int64 COMMENT '[requests] requests that told output_tokens; 0 = unknown, not zero' CODEC(T64, ZSTD(1)),
    requests_reasoning_known Int64 COMMENT '[requests] requests that told reasoning_tokens; 0 = unknown, not zero' CODEC(T64, ZSTD(1)),
    prompt_tokens_cached_known Int64 COMMENT '[tokens] part of prompt_tokens whose requests told prompt_tokens_cached' CODEC(T64, ZSTD(1)),
    output_tokens_reasoning_known Int64 COMMENT '[tokens] part of output_tokens whose requests told reasoning_tokens' CODEC(T64, ZSTD(1)),
    requests_unresolved Int64 COMMENT '[requests] requests whose server is not known: dimensions of the cell are empty' CODEC(T64, ZSTD(1)),
    requests_judged Int64 COMMENT '[requests] requests that an SLO in force could be applied to, failed ones included' CODEC(T64, ZSTD(1)),
    requests_good Int64 COMMENT '[requests] part of requests_judged that ended well inside all SLO targets' CODEC(T64, ZSTD(1)),
    output_tokens_good Int64 COMMENT '[tokens] output tokens of requests_good' CODEC(T64, ZSTD(1)),
    failed_gateway Int64 COMMENT '[requests] failed or aborted requests among the events of a gateway' CODEC(T64, ZSTD(1)),
    failed_client Int64 COMMENT '[requests] failed or aborted requests among the events of a client' CODEC(T64, ZSTD(1)),
    ttft_gateway_us Int64 COMMENT '[us] sum behind sketch ttft_gateway' CODEC(T64, ZSTD(1)),
    e2e_gateway_us Int64 COMMENT '[us] sum behind sketch e2e_gateway' CODEC(T64, ZSTD(1)),
    tpot_gateway_us Int64 COMMENT '[us] sum behind sketch tpot_gateway' CODEC(T64, ZSTD(1)),
    ttft_client_us Int64 COMMENT '[us] sum behind sketch ttft_client' CODEC(T64, ZSTD(1)),
    e2e_client_us Int64 COMMENT '[us] sum behind sketch e2e_client' CODEC(T64, ZSTD(1)),
    tpot_client_us Int64 COMMENT '[us] sum behind sketch tpot_client' CODEC(T64, ZSTD(1)),
    clock_skew Int64 COMMENT '[events] events whose own time was not believable; the broker''s record time was used' CODEC(T64, ZSTD(1)),
    output_tokens_judged Int64 COMMENT '[tokens] output tokens of requests_judged' CODEC(T64, ZSTD(1)),
    ttft_gateway_index Array(Int32) COMMENT '[number] buckets of the sketch of time to the first token at the gateway' CODEC(ZSTD(1)),
    ttft_gateway_count Array(Int64) COMMENT '[requests] in each bucket of ttft_gateway_index' CODEC(ZSTD(1)),
    e2e_gateway_index Array(Int32) COMMENT '[number] buckets of the sketch of time to the last token at the gateway' CODEC(ZSTD(1)),
    e2e_gateway_count Array(Int64) COMMENT '[requests] in each bucket of e2e_gateway_index' CODEC(ZSTD(1)),
    tpot_gateway_index Array(Int32) COMMENT '[number] buckets of the sketch of (e2e - ttft) / (output tokens - 1) at the gateway, of requests with 2 or more' CODEC(ZSTD(1)),
    tpot_gateway_count Array(Int64) COMMENT '[requests] in each bucket of tpot_gateway_index' CODEC(ZSTD(1)),
    ttft_client_index Array(Int32) COMMENT '[number] buckets of the sketch of time to the first token at the client' CODEC(ZSTD(1)),
    ttft_client_count Array(Int64) COMMENT '[requests] in each bucket of ttft_client_index' CODEC(ZSTD(1)),
    e2e_client_index Array(Int32) COMMENT '[number] buckets of the sketch of time to the last token at the client' CODEC(ZSTD(1)),
    e2e_client_count Array(Int64) COMMENT '[requests] in each bucket of e2e_client_index' CODEC(ZSTD(1)),
    tpot_client_index Array(Int32) COMMENT '[number] buckets of the sketch of (e2e - ttft) / (output tokens - 1) at the client, of requests with 2 or more' CODEC(ZSTD(1)),
    tpot_client_count Array(Int64) COMMENT '[requests] in each bucket of tpot_client_index' CODEC(ZSTD(1)),
    slo_version UInt64 COMMENT '[number] highest version of the SLOs that requests_good was judged by; 0 = none' CODEC(T64, ZSTD(1)),
    version UInt64 COMMENT '[number] sum of the versions of the finer rows; of two rows with one key the higher version stays' CODEC(T64, ZSTD(1)),
    written_at DateTime('UTC') MATERIALIZED now() COMMENT '[UTC s] when the row was inserted; the rollups read what was written since they last ran' CODEC(Delta, ZSTD(1)),
    INDEX window_start_minmax window_start TYPE minmax GRANULARITY 1,
    INDEX written_at_minmax written_at TYPE minmax GRANULARITY 1
)
ENGINE = ReplacingMergeTree(version)
PARTITION BY toYYYYMM(window_start)
ORDER BY (region, hardware, model, window_start, cell_id, service_class, tenant, client_region, adapter)
SETTINGS ttl_only_drop_parts = 1
COMMENT 'request_10s summed per hour.';

CREATE TABLE IF NOT EXISTS ${database}.request_intake_10s
(
    window_start DateTime('UTC') COMMENT '[UTC s] start of the 10 s window, half-open' CODEC(Delta, ZSTD(1)),
    agent LowCardinality(String) COMMENT '[text] node of the agent that took the events in; empty = an event that cannot be read',
    outcome LowCardinality(String) COMMENT '[text] counted, duplicate, late or rejected',
    events Int64 COMMENT '[events] of that outcome, by Kafka record time' CODEC(T64, ZSTD(1)),
    prompt_tokens Int64 COMMENT '[tokens] prompt tokens of these events' CODEC(T64, ZSTD(1)),
    output_tokens Int64 COMMENT '[tokens] output tokens of these events' CODEC(T64, ZSTD(1)),
    version UInt64 COMMENT '[number] epoch x 2^40 + events merged; of two rows with one key the higher version stays' CODEC(T64, ZSTD(1))
)
ENGINE = ReplacingMergeTree(version)
PARTITION BY toYYYYMMDD(window_start)
ORDER BY (toStartOfHour(window_start), agent, outcome, window_start)
SETTINGS ttl_only_drop_parts = 1
COMMENT 'What became of request events: published = the sum over outcomes, in events and in tokens.';

-- The SLOs of V2, now by service class and vantage, and effective-dated. An SLO says: of the requests of
-- (model, service_class) that ended, the share objective ends well with measure <= threshold seconds.
-- Nothing wrote to the table before. Columns of V2 that this form does not use stay empty.
ALTER TABLE ${database}.slos
    ADD COLUMN IF NOT EXISTS service_class LowCardinality(String) COMMENT '[text] as in request_10s; empty = every class' AFTER model,
    ADD COLUMN IF NOT EXISTS vantage LowCardinality(String) COMMENT '[text] whose clock: gateway or client' AFTER measure,
    ADD COLUMN IF NOT EXISTS effective_from DateTime('UTC') COMMENT '[UTC s] the entry holds from here until the next one of the same slo' AFTER objective,
    ADD COLUMN IF NOT EXISTS note String COMMENT '[text] why, or where it is agreed' AFTER owner,
    MODIFY ORDER BY (slo, effective_from),
    COMMENT COLUMN slo '[text] name; an SLO that changes keeps it',
    COMMENT COLUMN measure '[text] ttft, e2e or tpot',
    COMMENT COLUMN comparison '[text] always <=',
    COMMENT COLUMN threshold '[s] target: the measure is good up to here; 0 = the SLO is given up from effective_from on',
    COMMENT COLUMN objective '[ratio] share of ended requests that have to be good, such as 0.99',
    COMMENT COLUMN region '[text] not used; empty',
    COMMENT COLUMN hardware '[text] not used; empty',
    COMMENT COLUMN workload '[text] not used; empty';
