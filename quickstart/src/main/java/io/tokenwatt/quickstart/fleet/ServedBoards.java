package io.tokenwatt.quickstart.fleet;

import java.util.Map;

/**
 * What one scrape of a dcgm-exporter was given.
 *
 * @param atMs when it was scraped, Unix ms; the readings are of the exporter's last collection
 * @param energyMj by board UUID
 */
public record ServedBoards(long atMs, Map<String, Long> energyMj) {}
