package io.tokenwatt.quickstart.fleet.physics;

/** Where an engine's requests come from, in the order of time. */
interface RequestSource {
  /** Arrival of the next one, microseconds; {@link Source#NEVER} = none is on its way. */
  long nextUs();

  /** Takes the next one; there must be one. */
  Request take();

  /** One that was taken is over: answered, refused or lost. */
  default void over(long atUs) {}

  /** Other requests from now on, at the same rate. */
  default void mix(Injection.PromptMix mix) {}
}
