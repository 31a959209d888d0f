package dev.parley.adapters.outbound.xmpp;

import dev.parley.ports.BackendException.Misconfigured;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a server listens, and perhaps as whom to log in there.
 *
 * @param user the account's name; null when the address has none
 * @param password its password; null when the address has none
 */
record ServiceAddress(String host, int port, @Nullable String user, @Nullable String password) {

  private static final int USUAL_PORT = 5222;
  private static final Pattern FORM =
      Pattern.compile(
          "(?:xmpp://)?(?:([^\\s:/@]+):([^\\s/@]+)@)?(\\[[0-9A-Fa-f:.]+]|[^\\s:/@\\[\\]]+)(?::([0-9]{1,5}))?/?");
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "::1");

  static ServiceAddress of(String text) {
    var parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw Misconfigured.of(
          "service",
          "%s has another form than xmpp://HOST:PORT, where TLS is started after connecting: correct it"
              .formatted(text.contains("@") ? "(not shown)" : "'" + text + "'"));
    }
    var port = parts.group(4) == null ? USUAL_PORT : Integer.parseInt(parts.group(4));
    if (port < 1 || port > 65_535) {
      throw Misconfigured.of(
          "service", "has the port %d; a port is from 1 to 65535".formatted(port));
    }
    return new ServiceAddress(
        parts.group(3).replaceAll("[\\[\\]]", ""),
        port,
        decoded(parts.group(1)),
        decoded(parts.group(2)));
  }

  private static @Nullable String decoded(@Nullable String part) {
    try {
      return part == null
          ? null
          : URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      throw Misconfigured.of(
          "service",
          "(not shown) has a name or password with a %-sequence that means nothing: correct"
              + " it",
          malformed);
    }
  }

  boolean isLoopback() {
    return LOOPBACK.contains(host);
  }

  /** Without the account. */
  @Override
  public String toString() {
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }
}
