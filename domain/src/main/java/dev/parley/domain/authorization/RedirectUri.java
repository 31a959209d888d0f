package dev.parley.domain.authorization;

import com.google.re2j.Pattern;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jmolecules.ddd.annotation.ValueObject;
import org.jspecify.annotations.Nullable;

/**
 * Where a client takes the answer to an authorization request: an HTTPS URL, an HTTP URL of a
 * loopback address, or a URI of the client's own scheme, which has a dot in it as RFC 8252 wants;
 * without user and fragment.
 */
@ValueObject
public record RedirectUri(String value) {

  private static final int LONGEST = 2_048;
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "[::1]", "localhost");
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
          "a redirect URI is an https URL, an http URL of a loopback address, or has a scheme of"
              + " the client's own such as com.example.app, and no fragment or user");
    }
  }

  private static boolean isSound(String text) {
    var scheme = part(text, SCHEME);
    if (scheme == null) {
      return false;
    }
    var host = part(text, HOST);
    return switch (scheme.toLowerCase(Locale.ROOT)) {
      case "https" -> host != null;
      case "http" -> host != null && LOOPBACK.contains(host.toLowerCase(Locale.ROOT));
      default -> scheme.contains(".");
    };
  }

  private static @Nullable String part(String text, int group) {
    var matcher = FORM.matcher(text);
    return matcher.matches() ? matcher.group(group) : null;
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
            && Objects.equals(part(value, HOST), part(registered.value, HOST))
            && Objects.equals(part(value, REST), part(registered.value, REST)));
  }

  /** Whether the answer goes to a program on the user's own machine. */
  public boolean isLoopback() {
    return "http".equalsIgnoreCase(part(value, SCHEME));
  }

  /** Scheme, host and port, as a content security policy names them; the scheme of an own one. */
  public String origin() {
    var host = part(value, HOST);
    var port = part(value, PORT);
    return part(value, SCHEME)
        + (host == null ? ":" : "://" + host)
        + (port == null ? "" : ":" + port);
  }

  @Override
  public String toString() {
    return value;
  }
}
