package io.tokenwatt.quickstart.fleet.text;

import io.tokenwatt.quickstart.fleet.physics.EngineProcess;

/** The /metrics page of one engine. Not thread-safe. */
public interface EngineText {
  /** The page as of the engine's state now. */
  byte[] render(long nowUs);

  /** The page of the engine's own kind. */
  static EngineText of(EngineProcess engine) {
    return switch (engine.kind()) {
      case VLLM -> new VllmText(engine);
      case SGLANG -> new SglangText(engine);
    };
  }
}
