package dev.parley.adapters.outbound.postgres;

import dev.parley.ports.BackendException.Misconfigured;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGProperty;

/**
 * Where a database is and how to connect: {@code
 * postgresql://user:password@host:port,host:port/database?parameter=value}, as libpq and the driver
 * write it, with the parameters of either. Never shown as it was given, since it may hold secrets.
 */
final class ConnectionUrl {

  private static final Pattern FORM =
      Pattern.compile(
          "(?:jdbc:)?postgres(?:ql)?://(?:(?<user>[^:@/?]*)(?::(?<password>[^/?]*))?@)?"
              + "(?<hosts>[^@/?]*)(?:/(?<database>[^/?]*))?(?:\\?(?<parameters>.*))?");
  private static final Pattern HOST =
      Pattern.compile("(?<host>\\[[0-9A-Fa-f:.%]+]|[^:\\[\\]\\s]*)(?::(?<port>[0-9]{1,5}))?");
  private static final String DEFAULT_PORT = "5432";

  /** What libpq calls otherwise than the driver. */
  private static final Map<String, String> LIBPQ_NAMES =
      Map.of(
          "application_name", "ApplicationName",
          "connect_timeout", "connectTimeout",
          "target_session_attrs", "targetServerType");

  private static final Map<String, String> SESSION_ATTRIBUTES =
      Map.of(
          "any", "any",
          "read-write", "primary",
          "primary", "primary",
          "read-only", "secondary",
          "standby", "secondary",
          "prefer-standby", "preferSecondary");

  private final List<String> hosts;
  private final @Nullable String database;
  private final Properties properties = new Properties();

  private ConnectionUrl(List<String> hosts, @Nullable String database) {
    this.hosts = List.copyOf(hosts);
    this.database = database;
  }

  /**
   * Reads a URL.
   *
   * @throws Misconfigured when it has another form; the message does not repeat it
   */
  static ConnectionUrl parse(String text) {
    var parts = FORM.matcher(text.strip());
    if (!parts.matches()) {
      throw Misconfigured.of(
          "url",
          "has to look like postgresql://user:password@host:5432/database, with / : @ ? # and"
              + " % in its parts written as %2F %3A %40 %3F %23 and %25");
    }
    var database = decoded(parts, "database");
    var url = new ConnectionUrl(hosts(parts.group("hosts")), database.isEmpty() ? null : database);
    url.setUnlessEmpty("user", decoded(parts, "user"));
    url.setUnlessEmpty("password", decoded(parts, "password"));
    var parameters = parts.group("parameters");
    if (parameters != null) {
      url.addParameters(parameters);
    }
    // Without it the driver would be content with a standby, which takes no posts.
    if (url.hosts.size() > 1) {
      url.properties.putIfAbsent("targetServerType", "primary");
    }
    return url;
  }

  private static List<String> hosts(String list) {
    var hosts = new ArrayList<String>();
    for (var entry : list.split(",", -1)) {
      var parts = HOST.matcher(entry);
      if (!parts.matches()) {
        throw Misconfigured.of(
            "url",
            "names the host '%s', which is not of the form host or host:port".formatted(entry));
      }
      var host = parts.group("host").isEmpty() ? "localhost" : parts.group("host");
      var port = parts.group("port") == null ? DEFAULT_PORT : parts.group("port");
      hosts.add(host + ":" + port);
    }
    return hosts;
  }

  private void addParameters(String parameters) {
    for (var parameter : parameters.split("&", -1)) {
      if (parameter.isEmpty()) {
        continue;
      }
      var equals = parameter.indexOf('=');
      var given = equals < 0 ? parameter : parameter.substring(0, equals);
      var value = equals < 0 ? "true" : decode(parameter.substring(equals + 1));
      var name = LIBPQ_NAMES.getOrDefault(given, given);
      if (given.equals("target_session_attrs")) {
        value = SESSION_ATTRIBUTES.getOrDefault(value, value);
      }
      if (PGProperty.forName(name) == null) {
        throw Misconfigured.of(
            "url",
            "has the parameter '%s', which neither libpq nor the driver knows: correct or"
                    .formatted(given)
                + " remove it");
      }
      properties.setProperty(name, value);
    }
  }

  private static String decoded(Matcher parts, String group) {
    var text = parts.group(group);
    return text == null ? "" : decode(text);
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notEncoded) {
      throw Misconfigured.of(
          "url", "contains a % that begins no %XX: write %25 for a percent sign", notEncoded);
    }
  }

  private void setUnlessEmpty(String name, String value) {
    if (!value.isEmpty()) {
      set(name, value);
    }
  }

  /** Sets a parameter of the driver. */
  void set(String name, String value) {
    properties.setProperty(name, value);
  }

  /** A parameter of the driver, if it was given. */
  @Nullable String get(String name) {
    return properties.getProperty(name);
  }

  /** The parameters of the driver, credentials included. */
  Properties properties() {
    var copy = new Properties();
    copy.putAll(properties);
    return copy;
  }

  /** What the driver connects to; nothing in it is secret. */
  String jdbc() {
    return "jdbc:postgresql://" + String.join(",", hosts) + "/" + encodedDatabase();
  }

  private String encodedDatabase() {
    return database == null
        ? ""
        : java.net.URLEncoder.encode(database, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** The same for a person. */
  String place() {
    return String.join(",", hosts) + (database == null ? "" : "/" + database);
  }

  /** How many servers it names. */
  int servers() {
    return hosts.size();
  }

  /** Whether all of them are on this machine. */
  boolean isLocal() {
    return hosts.stream()
        .allMatch(host ->
            host.startsWith("localhost:") || host.startsWith("127.") || host.startsWith("[::1]:"));
  }

  @Override
  public String toString() {
    return place();
  }
}
