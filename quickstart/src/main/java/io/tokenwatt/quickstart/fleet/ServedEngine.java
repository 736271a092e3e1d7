package io.tokenwatt.quickstart.fleet;

/**
 * What one scrape of an engine was given, summed over its data-parallel ranks.
 *
 * @param atMs when, Unix ms
 * @param processStartMs counters began at 0 then
 * @param promptTokens cached included
 * @param requests finished, for any reason
 */
public record ServedEngine(
    long atMs,
    long processStartMs,
    long outputTokens,
    long promptTokens,
    long cachedTokens,
    long requests) {}
