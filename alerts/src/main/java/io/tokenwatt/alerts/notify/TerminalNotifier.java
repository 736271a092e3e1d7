package io.tokenwatt.alerts.notify;

import io.tokenwatt.alerts.incident.Transition;
import java.io.PrintWriter;
import java.time.Instant;

/** Prints what others would be told: for a dry run. */
public final class TerminalNotifier implements Notifier {
  private final PrintWriter out;

  public TerminalNotifier(PrintWriter out) {
    this.out = out;
  }

  @Override
  public Outcome send(Notification notification, Instant now) {
    out.print(text(notification));
    out.flush();
    return Outcome.sent("printed");
  }

  private static String text(Notification notification) {
    StringBuilder text = new StringBuilder(Wording.headline(notification)).append('\n');
    Wording.facts(notification).forEach((name, fact) -> line(text, name, fact));
    if (notification.transition() == Transition.TRIGGER) {
      notification
          .runbook()
          .ifPresent(
              runbook -> {
                line(text, "safe action", runbook.safeAction());
                line(text, "first query", runbook.firstQuery());
                line(text, "escalation", runbook.escalation());
              });
    }
    line(text, "id", notification.id());
    return text.append('\n').toString();
  }

  private static void line(StringBuilder text, String name, String fact) {
    String indented = fact.strip().replace("\n", "\n" + " ".repeat(19));
    text.append("  %-16s %s%n".formatted(name.replace('_', ' '), indented));
  }
}
