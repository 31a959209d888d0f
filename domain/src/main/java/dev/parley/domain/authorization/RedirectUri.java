package dev.parley.domain.authorization;

import com.google.re2j.Pattern;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jmolecules.ddd.annotation.ValueObject;

/**
 * Where a client takes the answer to an authorization request: an HTTPS URL, an HTTP URL of a
 * loopback address, or a URI of a private-use scheme, which some program on the user's machine has
 * claimed (RFC 8252, 7.1): {@code com.example.app:/callback}, or with a host {@code
 * cursor://callback}. Without user and fragment, and of no scheme that browsers, mail programs or
 * shells understand by themselves.
 */
@ValueObject
public record RedirectUri(String value) {

  private static final int LONGEST = 2_048;
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "[::1]", "localhost");
  private static final Set<String> UNDERSTOOD =
      Set.of(
          "about",
          "blob",
          "content",
          "data",
          "file",
          "filesystem",
          "ftp",
          "ftps",
          "intent",
          "jar",
          "javascript",
          "mailto",
          "resource",
          "search-ms",
          "sftp",
          "sms",
          "ssh",
          "tel",
          "vbscript",
          "view-source",
          "ws",
          "wss");
  private static final String MICROSOFT = "ms-";
  private static final int SCHEME = 1;
  private static final int HOST = 2;
  private static final int PORT = 3;
  private static final int REST = 4;
  private static final Pattern FORM =
      Pattern.compile(
          "([A-Za-z][A-Za-z0-9+.-]*):(?://([A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+\\])(?::([0-9]{1,5}))?)?"
              + "([/?][A-Za-z0-9._~:/?@!$&'()*+,;=%-]*)?");

  public RedirectUri {
    if (value.length() > LONGEST || !isSound(value)) {
      throw new IllegalArgumentException(
          "a redirect URI is an https URL, an http URL of a loopback address, or a URI of the"
              + " client's own scheme such as com.example.app:/callback or example://callback, and"
              + " has no fragment or user");
    }
  }

  private static boolean isSound(String text) {
    var scheme = part(text, SCHEME).toLowerCase(Locale.ROOT);
    var host = part(text, HOST);
    return switch (scheme) {
      case "" -> false;
      case "https" -> !host.isEmpty();
      case "http" -> LOOPBACK.contains(host.toLowerCase(Locale.ROOT));
      default ->
          !UNDERSTOOD.contains(scheme)
              && !scheme.startsWith(MICROSOFT)
              && (scheme.contains(".") || !host.isEmpty());
    };
  }

  /** A part of a URI; empty when it has none. */
  private static String part(String text, int group) {
    var matcher = FORM.matcher(text);
    return matcher.matches() ? Objects.requireNonNullElse(matcher.group(group), "") : "";
  }

  /**
   * Whether a request may name this URI where the other one was registered: they are equal, but a
   * client on this machine may listen on any port (<a
   * href="https://www.rfc-editor.org/rfc/rfc8252#section-7.3">RFC 8252, 7.3</a>).
   */
  public boolean matches(RedirectUri registered) {
    return value.equals(registered.value)
        || (isLoopback()
            && registered.isLoopback()
            && part(value, HOST).equals(part(registered.value, HOST))
            && part(value, REST).equals(part(registered.value, REST)));
  }

  /** Whether the answer goes to a program on the user's own machine that listens on a port. */
  public boolean isLoopback() {
    return "http".equalsIgnoreCase(scheme());
  }

  /** Whether the answer goes to whichever program on the user's own machine claimed the scheme. */
  public boolean isPrivateUse() {
    return !isLoopback() && !"https".equalsIgnoreCase(scheme());
  }

  /** What stands before the first colon. */
  public String scheme() {
    return part(value, SCHEME);
  }

  /** The host as it is written; empty when there is none. */
  public String host() {
    return part(value, HOST);
  }

  /** Scheme, host and port: what a person is told about where an answer goes. */
  public String origin() {
    var port = part(value, PORT);
    return scheme()
        + (host().isEmpty() ? ":" : "://" + host())
        + (port.isEmpty() ? "" : ":" + port);
  }

  @Override
  public String toString() {
    return value;
  }
}
