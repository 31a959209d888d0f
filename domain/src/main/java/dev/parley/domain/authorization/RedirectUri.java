package dev.parley.domain.authorization;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jmolecules.ddd.annotation.ValueObject;

/**
 * Where a client takes the answer to an authorization request: an HTTPS URL, an HTTP URL of a
 * loopback address, or a URI of the client's own scheme; without a fragment.
 */
@ValueObject
public record RedirectUri(String value) {

  private static final int LONGEST = 2_048;
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "[::1]", "localhost");

  /** Schemes that a browser would not hand to a client, but act upon. */
  private static final Set<String> UNSAFE =
      Set.of("javascript", "data", "file", "about", "blob", "vbscript", "ftp", "ws", "wss");

  public RedirectUri {
    var uri = parse(value);
    var scheme = uri.getScheme();
    var sound =
        value.length() <= LONGEST
            && scheme != null
            && uri.getRawFragment() == null
            && uri.getRawUserInfo() == null
            && switch (scheme.toLowerCase(Locale.ROOT)) {
              case "https" -> uri.getHost() != null;
              case "http" -> uri.getHost() != null && LOOPBACK.contains(uri.getHost());
              default -> !UNSAFE.contains(scheme.toLowerCase(Locale.ROOT)) && scheme.contains(".");
            };
    if (!sound) {
      throw new IllegalArgumentException(
          "a redirect URI is an https URL, an http URL of a loopback address, or has a scheme of"
              + " the client's own such as com.example.app, and no fragment or user");
    }
  }

  private static URI parse(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException _) {
      throw new IllegalArgumentException("a redirect URI has to be a URI");
    }
  }

  /**
   * Whether a request may name this URI where the other one was registered: they are equal, but a
   * client on this machine may listen on any port (<a
   * href="https://www.rfc-editor.org/rfc/rfc8252#section-7.3">RFC 8252, 7.3</a>).
   */
  public boolean matches(RedirectUri registered) {
    if (value.equals(registered.value)) {
      return true;
    }
    var mine = parse(value);
    var its = parse(registered.value);
    return isLoopback()
        && registered.isLoopback()
        && mine.getHost().equals(its.getHost())
        && Objects.equals(mine.getRawPath(), its.getRawPath())
        && Objects.equals(mine.getRawQuery(), its.getRawQuery());
  }

  /** Whether the answer goes to a program on the user's own machine. */
  public boolean isLoopback() {
    return "http".equals(parse(value).getScheme());
  }

  /** Scheme, host and port, as a content security policy names them; the scheme of an own one. */
  public String origin() {
    var uri = parse(value);
    if (uri.getHost() == null) {
      return uri.getScheme() + ":";
    }
    return uri.getScheme() + "://" + uri.getRawAuthority();
  }

  @Override
  public String toString() {
    return value;
  }
}
