package io.tokenwatt.collectors.scrape;

/** Hears how a scrape ended: exactly one call, on a thread of the client. */
public interface ScrapeListener {
  /** Whole text within the limit; the body is valid until the target's next scrape. */
  void scraped(Body body);

  void failed(Failure failure);
}
