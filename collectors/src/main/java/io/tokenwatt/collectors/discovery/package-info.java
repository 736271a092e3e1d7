/** Which nodes there are and what to scrape on them. */
package io.tokenwatt.collectors.discovery;
