package io.tokenwatt.alerts.notify;

import io.tokenwatt.alerts.NumberText;
import io.tokenwatt.alerts.incident.Incident;
import io.tokenwatt.alerts.incident.Transition;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Texts of a notification for somebody who was asleep: what, how much, where, since when. Pure. */
final class Wording {
  /** A detail of this name is the rule's own headline. */
  static final String HEADLINE = "headline";

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private Wording() {}

  /** One line: severity or "resolved", rule, how much, where. */
  static String headline(Notification notification) {
    Incident incident = notification.incident();
    String own = incident.details().getOrDefault(HEADLINE, "").strip();
    String what = own.isEmpty() ? value(incident) + " " + where(incident) : own;
    return mark(notification) + " " + incident.rule() + ": " + what.strip();
  }

  private static String mark(Notification notification) {
    return switch (notification.transition()) {
      case TRIGGER -> "[" + notification.incident().severity().name() + "]";
      case RESOLVE -> "[RESOLVED]";
    };
  }

  /** Such as "312 USD/day (alerts at > 100 USD/day)". */
  static String value(Incident incident) {
    String[] bound = incident.bound().split(" ", 3);
    String unit = bound.length == 3 ? " " + bound[2] : "";
    return NumberText.of(incident.value()) + unit + " (alerts at " + incident.bound() + ")";
  }

  /** The labels, such as "region=eu hardware=H100"; empty for a rule without any. */
  static String where(Incident incident) {
    return incident.labels().entrySet().stream()
        .map(label -> label.getKey() + "=" + shown(label.getValue()))
        .collect(Collectors.joining(" "));
  }

  /** Name → text in the order in which a person needs them. */
  static Map<String, String> facts(Notification notification) {
    Incident incident = notification.incident();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("summary", incident.summary());
    facts.put("value", value(incident));
    facts.put("since", TIME.format(incident.started()));
    if (notification.transition() == Transition.RESOLVE) {
      facts.put("resolved", resolved(incident));
    }
    incident.labels().forEach((name, text) -> facts.put(name, shown(text)));
    incident.details().forEach((name, text) -> facts.putIfAbsent(name, shown(text)));
    facts.remove(HEADLINE);
    return facts;
  }

  private static String resolved(Incident incident) {
    Duration lasted = Duration.between(incident.started(), incident.resolvedAt());
    String why = incident.state().ending().text();
    return TIME.format(incident.resolvedAt()) + ", after " + text(lasted) + ": " + why;
  }

  static String text(Duration duration) {
    long s = Math.max(0, duration.toSeconds());
    if (s < 60) {
      return s + " s";
    }
    return s < 3600 ? s / 60 + " min" : "%d h %02d min".formatted(s / 3600, s % 3600 / 60);
  }

  static String time(Instant instant) {
    return DateTimeFormatter.ISO_INSTANT.format(instant);
  }

  /** Shortened to so many characters at most, whole surrogate pairs, "…" at its end if cut. */
  static String cut(String text, int characters) {
    if (text.length() <= characters) {
      return text;
    }
    int end = characters - 1;
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
  }

  private static String shown(String text) {
    return text.isEmpty() ? "(unknown)" : text;
  }
}
