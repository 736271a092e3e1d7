package io.tokenwatt.quickstart.bench.panels;

/**
 * What the engine says of one query.
 *
 * @param elapsedMs wall time in the engine, from the query's text to its last row; no network
 * @param rowsRead from tables
 * @param rows of the result
 */
record EngineAnswer(double elapsedMs, long rowsRead, long rows) {}
