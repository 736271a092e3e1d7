package io.tokenwatt.alerts.fake;

import com.sun.net.httpserver.HttpExchange;
import io.tokenwatt.alerts.notify.Target;
import io.tokenwatt.config.Secret;

/** An external watchdog: every GET is a sign of life. */
public final class FakeWatchdog extends FakeReceiver {
  public Target target() {
    return Target.of(new Secret(base() + "/beat/some-token"));
  }

  @Override
  Answer take(HttpExchange exchange, byte[] body, long nowMs) {
    return new Answer(exchange.getRequestMethod().equals("GET") ? 200 : 405, "OK");
  }
}
