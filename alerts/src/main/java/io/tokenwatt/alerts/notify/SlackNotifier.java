package io.tokenwatt.alerts.notify;

import io.tokenwatt.alerts.incident.Transition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A Slack incoming webhook. Slack has no deduplication: a message that was sent and not confirmed
 * is shown twice, with the same id in its last line. Limits: one message a second, header 150,
 * section text 3000 characters, 50 blocks.
 */
public final class SlackNotifier implements Notifier {
  private static final int HEADER = 150;
  private static final int SECTION = 3000;
  private static final int FALLBACK = 3000;
  private static final int FACT = 400;
  // Slack refuses a message of many long blocks well below the sum of their limits.
  private static final int QUERY = 1500;
  private static final int CODE = SECTION - 50;

  private final Http http;
  private final Target target;

  public SlackNotifier(Http http, Target target) {
    this.http = http;
    this.target = target;
  }

  @Override
  public Duration pace() {
    return Duration.ofSeconds(1);
  }

  @Override
  public Outcome send(Notification notification, Instant now) {
    return http.post(target, Json.of(message(notification)), now);
  }

  private static Map<String, Object> message(Notification notification) {
    String headline = Wording.headline(notification);
    List<Object> blocks = new ArrayList<>();
    blocks.add(block("header", "text", text("plain_text", Wording.cut(headline, HEADER))));
    blocks.add(section(facts(notification)));
    if (notification.transition() == Transition.TRIGGER) {
      notification
          .runbook()
          .ifPresent(
              runbook -> {
                blocks.add(
                    section(
                        bold("Safe action", runbook.safeAction())
                            + "\n"
                            + bold("Escalation", runbook.escalation())));
                blocks.add(section("*First query*\n```" + code(runbook.firstQuery()) + "```"));
              });
    }
    blocks.add(
        block("context", "elements", List.of(text("mrkdwn", cut(footer(notification), SECTION)))));
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("text", cut(escaped(headline), FALLBACK));
    message.put("blocks", blocks);
    return message;
  }

  private static String facts(Notification notification) {
    StringBuilder text = new StringBuilder();
    Wording.facts(notification)
        .forEach((name, fact) -> text.append(bold(name, Wording.cut(fact, FACT))).append('\n'));
    return text.toString().strip();
  }

  private static String footer(Notification notification) {
    StringBuilder text = new StringBuilder();
    notification
        .links()
        .forEach(
            link ->
                text.append('<')
                    .append(escaped(link.href()))
                    .append('|')
                    .append(escaped(link.text()))
                    .append(">  "));
    return text.append("id ").append(escaped(notification.id())).toString();
  }

  private static Map<String, Object> section(String markdown) {
    return block("section", "text", text("mrkdwn", cut(markdown, SECTION)));
  }

  private static Map<String, Object> block(String type, String key, Object content) {
    Map<String, Object> block = new LinkedHashMap<>();
    block.put("type", type);
    block.put(key, content);
    return block;
  }

  private static Map<String, Object> text(String type, String content) {
    Map<String, Object> text = new LinkedHashMap<>();
    text.put("type", type);
    text.put("text", content);
    return text;
  }

  private static String bold(String name, String text) {
    return "*" + escaped(name.replace('_', ' ')) + ":* " + escaped(text.strip());
  }

  private static String code(String sql) {
    return cut(escaped(Wording.cut(sql.strip(), QUERY)), CODE).replace("```", "'''");
  }

  /** Shortens what is escaped already, and leaves no half of an entity: Slack refuses "&am". */
  private static String cut(String markdown, int characters) {
    String cut = Wording.cut(markdown, characters);
    int entity = cut.lastIndexOf('&');
    return cut.length() == markdown.length() || entity < 0 || cut.indexOf(';', entity) >= 0
        ? cut
        : cut.substring(0, entity) + "…";
  }

  /** Slack's three control characters. */
  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
