package io.tokenwatt.quickstart.security;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.LoggerFactory;

/**
 * All that is logged while it is open, stack traces included, at INFO, our own code at DEBUG: more
 * than a process logs as it is shipped.
 */
final class CapturedLog implements AutoCloseable {
  private static final List<String> LOUDER = List.of("io.tokenwatt");

  private final Queue<String> lines = new ConcurrentLinkedQueue<>();
  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final Level before = root.getLevel();
  private final AppenderBase<ILoggingEvent> appender =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          lines.add(
              event.getLoggerName()
                  + " "
                  + event.getFormattedMessage()
                  + ThrowableProxyUtil.asString(event.getThrowableProxy()));
        }
      };

  CapturedLog() {
    appender.setContext(root.getLoggerContext());
    appender.start();
    root.addAppender(appender);
    root.setLevel(Level.INFO);
    LOUDER.forEach(name -> logger(name).setLevel(Level.DEBUG));
  }

  private static Logger logger(String name) {
    return (Logger) LoggerFactory.getLogger(name);
  }

  /** None of the secrets was logged, and what is said to be logged was. */
  void assertHides(List<String> secrets, String logged) {
    assertThat(lines).anySatisfy(line -> assertThat(line).contains(logged));
    for (String secret : secrets) {
      assertThat(lines).noneMatch(line -> line.contains(secret));
    }
  }

  @Override
  public void close() {
    root.detachAppender(appender);
    appender.stop();
    root.setLevel(before);
    LOUDER.forEach(name -> logger(name).setLevel(null));
  }
}
