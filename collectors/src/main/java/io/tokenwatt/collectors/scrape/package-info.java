/**
 * One HTTP exchange with one exporter: a body within its limit, or a reason. Start at {@link
 * io.tokenwatt.collectors.scrape.HttpScraper}.
 */
package io.tokenwatt.collectors.scrape;
