package io.tokenwatt.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Users of role tokenwatt_owner as the embedded engine can have them: from a file, with the grants
 * and row policies of db/access, word for word but for the setting that names the owner.
 */
final class OwnerUsers {
  private static final Pattern GRANT =
      Pattern.compile("(GRANT SELECT ON tokenwatt\\.\\w+) TO tokenwatt_owner;");
  private static final Pattern REFUSAL = Pattern.compile("-- No SELECT ON ([^:]+): \\S");
  private static final Pattern POLICY =
      Pattern.compile(
          "CREATE ROW POLICY IF NOT EXISTS \\w+ ON tokenwatt\\.(\\w+)\\s+USING (.+?) TO tokenwatt_owner;");

  final List<String> grants = new ArrayList<>();
  final List<String> refused = new ArrayList<>();
  final Map<String, String> filters = new TreeMap<>();

  OwnerUsers() {
    Matcher grant = GRANT.matcher(resource("1_roles.sql"));
    while (grant.find()) {
      grants.add(grant.group(1));
    }
    Matcher refusal = REFUSAL.matcher(resource("1_roles.sql"));
    while (refusal.find()) {
      refused.addAll(List.of(refusal.group(1).replace("tokenwatt.", "").split(", ")));
    }
    Matcher policy = POLICY.matcher(resource("2_owner_rows.sql"));
    while (policy.find()) {
      filters.put(policy.group(1), policy.group(2));
    }
  }

  boolean mayRead(String table) {
    return grants.contains("GRANT SELECT ON tokenwatt." + table);
  }

  /** The file users.d/….xml; a user has the name of the owner. */
  String xml(String... owners) {
    StringBuilder xml = new StringBuilder("<clickhouse><users>");
    for (String owner : owners) {
      xml.append("<%s><password/><networks><ip>127.0.0.1</ip></networks>".formatted(owner))
          .append("<profile>grafana</profile><quota>default</quota><grants>");
      grants.forEach(grant -> xml.append("<query>%s</query>".formatted(grant)));
      xml.append("</grants><databases><tokenwatt>");
      filters.forEach(
          (table, filter) ->
              xml.append(
                  "<%s><filter>%s</filter></%s>"
                      .formatted(
                          table,
                          filter.replace("getSetting('SQL_tokenwatt_owner')", "'" + owner + "'"),
                          table)));
      xml.append("</tokenwatt></databases></%s>".formatted(owner));
    }
    return xml.append("</users></clickhouse>").toString();
  }

  private static String resource(String name) {
    try (InputStream in = Store.class.getResourceAsStream("/db/access/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
