package io.tokenwatt.collectors.agent;

/** The agent's version as its jar tells it. */
final class AgentVersion {
  private AgentVersion() {}

  /** "development" outside a jar. */
  static String read() {
    String version = AgentVersion.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
