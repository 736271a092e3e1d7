package io.tokenwatt.quickstart.fleet.physics;

/**
 * A request as the gateway in front of an engine saw it end.
 *
 * @param number counts the requests of an engine, from 1
 * @param engine name of the engine that answered, or should have
 * @param askedUs when it came to the gateway, Unix microseconds
 * @param firstTokenUs when the first token came; -1 = none did
 * @param endedUs when the last token came, or the gateway gave up
 * @param promptTokens cached included; 0 = no engine took it
 * @param cachedTokens part of promptTokens
 * @param outputTokens that came
 */
public record FinishedRequest(
    long number,
    String engine,
    long askedUs,
    long firstTokenUs,
    long endedUs,
    int promptTokens,
    int cachedTokens,
    int outputTokens,
    Ending ending) {

  /** How it ended for the person who asked. */
  public enum Ending {
    OK,
    ABORTED,
    /** Refused or broken off by the server. */
    ERROR
  }
}
