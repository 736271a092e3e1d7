package io.tokenwatt.quickstart.fleet.physics;

/** Something that happens at known instants; a node fires its sources in the order of time. */
interface Source {
  long NEVER = Long.MAX_VALUE;

  /** When it happens next, microseconds; {@link #NEVER} = not until another source wakes it. */
  long nextUs();

  /** Lets it happen; afterwards {@link #nextUs()} is later. */
  void fire();
}
