package io.tokenwatt.quickstart.fleet;

/**
 * What one scrape of an engine was given, summed over its data-parallel ranks; tokens as its
 * counters show them: SGLang counts those of ended requests.
 *
 * @param atMs when, Unix ms
 * @param processStartMs counters began at 0 then
 * @param promptTokens cached and transferred ones included
 * @param transferredTokens prompt tokens whose KV came from another engine
 * @param requests finished, for any reason
 */
public record ServedEngine(
    long atMs,
    long processStartMs,
    long outputTokens,
    long promptTokens,
    long cachedTokens,
    long transferredTokens,
    long requests) {}
