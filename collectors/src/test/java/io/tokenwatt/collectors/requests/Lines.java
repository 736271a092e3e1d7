package io.tokenwatt.collectors.requests;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tokenwatt.config.Secret;
import io.tokenwatt.model.proto.RequestEvent;
import java.nio.charset.StandardCharsets;

/** Reads lines as the intake does. */
final class Lines {
  /** All that is required. */
  static final String LEAST =
      "\"event_id\":\"r-1\",\"completed_at_ms\":1763725000123,\"status\":\"ok\",\"model\":\"llama\"";

  static final TenantKey KEY = TenantKey.of(new Secret("key"));

  private Lines() {}

  static RequestEvent event(String json) throws EventRejected {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    return NdjsonLine.parse(bytes, 0, bytes.length).finish(KEY, Vantage.GATEWAY).build();
  }

  /** An event of the least fields and some more. */
  static RequestEvent with(String fields) throws EventRejected {
    return event("{" + LEAST + "," + fields + "}");
  }

  static String rejection(String json) {
    EventRejected e = catchThrowableOfType(EventRejected.class, () -> event(json));
    return e == null ? "taken" : e.getMessage();
  }
}
