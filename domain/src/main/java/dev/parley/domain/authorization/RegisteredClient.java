package dev.parley.domain.authorization;

import java.util.List;
import org.jmolecules.ddd.annotation.AggregateRoot;
import org.jmolecules.ddd.annotation.Identity;

/**
 * A program that may ask the owner for access.
 *
 * @param name as it calls itself, cut to 100 characters; a claim that nobody checked
 * @param redirectUris where answers may go, 1 to 20
 */
@AggregateRoot
public record RegisteredClient(@Identity ClientId id, String name, List<RedirectUri> redirectUris) {

  private static final int LONGEST_NAME = 100;
  private static final int MOST_URIS = 20;

  public RegisteredClient {
    if (redirectUris.isEmpty() || redirectUris.size() > MOST_URIS) {
      throw new IllegalArgumentException(
          "a client has 1 to %d redirect URIs; found %d".formatted(MOST_URIS, redirectUris.size()));
    }
    name = shortened(name);
    redirectUris = List.copyOf(redirectUris);
  }

  private static String shortened(String name) {
    var visible =
        name.codePoints()
            .filter(c -> !Character.isISOControl(c) && Character.getType(c) != Character.FORMAT)
            .limit(LONGEST_NAME)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString()
            .strip();
    return visible.isEmpty() ? "a client without a name" : visible;
  }

  /** Whether all answers go to programs on the user's own machine that listen on a port. */
  public boolean isLoopbackOnly() {
    return redirectUris.stream().allMatch(RedirectUri::isLoopback);
  }

  /** Whether answers may go to this URI. */
  public boolean mayRedirectTo(RedirectUri asked) {
    return redirectUris.stream().anyMatch(asked::matches);
  }
}
