package io.tokenwatt.quickstart.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.storage.Store;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A role of db/access/1_roles.sql, its grants, revocations and settings, as a user of the embedded
 * engine's file, which has no roles.
 */
final class RoleUsers {
  private static final Pattern SETTING = Pattern.compile("(\\w+) = (\\d+)(?: MAX (\\d+))?");

  private RoleUsers() {}

  static String xml(String role, String user, String password) {
    String grants =
        found(
                "((?:GRANT|REVOKE) [A-Z ]+(?:\\(\\w+\\))? ON tokenwatt\\.[*\\w]+ )(?:TO|FROM) "
                    + role
                    + ";")
            .stream()
            .map(grant -> "<query>" + grant.group(1).strip() + "</query>")
            .collect(Collectors.joining());
    assertThat(grants).contains("<query>");
    return """
    <clickhouse>
      <profiles><p_%1$s>%4$s</p_%1$s></profiles>
      <users><%1$s><password>%2$s</password><networks><ip>127.0.0.1</ip></networks>
        <profile>p_%1$s</profile><quota>default</quota><grants>%3$s</grants></%1$s></users>
    </clickhouse>
    """
        .formatted(user, password, grants, profile(role));
  }

  /** Tables that the role may do something to. */
  static List<String> tables(String role, String right) {
    return found("GRANT " + right + " ON tokenwatt\\.(\\w+) TO " + role + ";").stream()
        .map(grant -> grant.group(1))
        .toList();
  }

  private static String profile(String role) {
    StringBuilder values = new StringBuilder();
    StringBuilder bounds = new StringBuilder();
    List<MatchResult> settings = found(role + "\\s+SETTINGS ([^;]+);");
    if (!settings.isEmpty()) {
      Matcher setting = SETTING.matcher(settings.get(0).group(1));
      while (setting.find()) {
        String name = setting.group(1);
        values.append("<%1$s>%2$s</%1$s>".formatted(name, setting.group(2)));
        if (setting.group(3) != null) {
          bounds.append("<%1$s><max>%2$s</max></%1$s>".formatted(name, setting.group(3)));
        }
      }
    }
    return values + "<constraints>" + bounds + "</constraints>";
  }

  private static List<MatchResult> found(String pattern) {
    try (InputStream in = Store.class.getResourceAsStream("/db/access/1_roles.sql")) {
      String roles = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return Pattern.compile(pattern).matcher(roles).results().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
