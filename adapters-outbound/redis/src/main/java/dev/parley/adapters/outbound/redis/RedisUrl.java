package dev.parley.adapters.outbound.redis;

import dev.parley.ports.BackendException.Misconfigured;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where the servers are. An error about a URL never repeats it, since it may hold a password.
 *
 * @param kind one server, Sentinels that know the primary, or a cluster
 * @param tls whether connections are encrypted
 * @param addresses of the server, of the Sentinels, or of some nodes of the cluster
 * @param primary the name under which Sentinels know the primary; empty for the other kinds
 * @param database the number of the database; always 0 in a cluster
 * @param username that the URL holds, if any
 * @param password that the URL holds, if any
 */
record RedisUrl(
    Kind kind,
    boolean tls,
    List<Address> addresses,
    String primary,
    int database,
    @Nullable String username,
    @Nullable String password) {

  static final String FORMS =
      "redis://HOST:PORT, redis-sentinel://HOST:PORT,HOST:PORT/PRIMARY or redis-cluster://HOST:PORT"
          + " (rediss, rediss-sentinel, rediss-cluster with TLS)";

  private static final int PORT = 6379;
  private static final int SENTINEL_PORT = 26379;
  private static final Pattern FORM =
      Pattern.compile(
          "(?<scheme>[a-z-]+)://(?:(?<user>[^@/:]*)(?::(?<password>[^@/]*))?@)?"
              + "(?<addresses>[^@/?#]+)(?:/(?<path>[^?#]*))?(?:\\?db=(?<db>\\d{1,5}))?");
  private static final Pattern ADDRESS =
      Pattern.compile("(?<host>\\[[0-9A-Fa-f:.]+]|[^:\\[\\]\\s]+)(?::(?<port>\\d{1,5}))?");

  /** What the addresses are those of. */
  enum Kind {
    SERVER,
    SENTINELS,
    CLUSTER
  }

  RedisUrl {
    addresses = List.copyOf(addresses);
  }

  /**
   * Reads a URL.
   *
   * @throws Misconfigured when it has none of the known forms
   */
  static RedisUrl of(String text) {
    var form = FORM.matcher(text.strip());
    if (!form.matches()) {
      throw wrong("found something else");
    }
    var scheme = form.group("scheme").toLowerCase(Locale.ROOT);
    var tls = scheme.equals("rediss") || scheme.startsWith("rediss-");
    var kind =
        switch (scheme) {
          case "redis", "rediss" -> Kind.SERVER;
          case "redis-sentinel", "rediss-sentinel" -> Kind.SENTINELS;
          case "redis-cluster", "rediss-cluster" -> Kind.CLUSTER;
          default -> throw wrong("found the scheme '%s'".formatted(scheme));
        };
    var path = form.group("path") == null ? "" : form.group("path");
    var number = form.group("db") != null ? form.group("db") : kind == Kind.SERVER ? path : "";
    var user = decoded(form.group("user"));
    var password = decoded(form.group("password"));
    return new RedisUrl(
            kind,
            tls,
            addresses(form.group("addresses"), kind == Kind.SENTINELS ? SENTINEL_PORT : PORT),
            kind == Kind.SENTINELS ? String.valueOf(decoded(path)) : "",
            database(number),
            user == null || user.isEmpty() ? null : user,
            password)
        .checked(path);
  }

  private RedisUrl checked(String path) {
    if (kind == Kind.SERVER && addresses.size() > 1) {
      throw wrong("found several addresses with the scheme of one server");
    }
    if (kind == Kind.SENTINELS && primary.isBlank()) {
      throw wrong("found no name of a primary after the Sentinels");
    }
    if (kind == Kind.CLUSTER && (database != 0 || !path.isEmpty())) {
      throw wrong("found a database number, but a cluster has only database 0");
    }
    return this;
  }

  private static List<Address> addresses(String text, int defaultPort) {
    return Arrays.stream(text.split(",", -1))
        .map(one -> address(one.strip(), defaultPort))
        .toList();
  }

  private static Address address(String text, int defaultPort) {
    var form = ADDRESS.matcher(text);
    if (!form.matches()) {
      throw wrong("found an address that is no HOST:PORT");
    }
    var port = form.group("port") == null ? defaultPort : Integer.parseInt(form.group("port"));
    if (port < 1 || port > 65_535) {
      throw wrong("found the port %d".formatted(port));
    }
    var host = form.group("host");
    return new Address(host.startsWith("[") ? host.substring(1, host.length() - 1) : host, port);
  }

  private static int database(String number) {
    if (number.isEmpty()) {
      return 0;
    }
    if (!number.chars().allMatch(Character::isDigit) || number.length() > 5) {
      throw wrong("found a path that is no database number");
    }
    return Integer.parseInt(number);
  }

  private static @Nullable String decoded(@Nullable String text) {
    try {
      return text == null
          ? null
          : URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException badPercent) {
      throw wrong("found a percent sign that is not followed by two hex digits");
    }
  }

  private static Misconfigured wrong(String found) {
    return Misconfigured.of("url", "has to look like %s; %s".formatted(FORMS, found));
  }

  /** Where this is, in words without a secret. */
  String place() {
    var where = addresses.stream().map(Address::toString).collect(Collectors.joining(","));
    return switch (kind) {
      case SERVER -> where + inDatabase();
      case SENTINELS -> "%s at the Sentinels %s%s".formatted(primary, where, inDatabase());
      case CLUSTER -> "the cluster at " + where;
    };
  }

  private String inDatabase() {
    return database == 0 ? "" : "/" + database;
  }

  /** Without the password. */
  @Override
  public String toString() {
    return place();
  }
}
