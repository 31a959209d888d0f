package dev.parley.adapters.inbound.oauth.oidc;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whom the provider vouches for is not yet who may enter: the gates that decide it. Each one that
 * is set must be passed, and at least one must be set.
 *
 * @param subjects the {@code sub} values that may enter; empty for any
 * @param usernames the {@code preferred_username} values that may enter; empty for any. A provider
 *     may let people change theirs, or give it to somebody else; a subject it may not
 * @param role the role that everybody must have; null for none
 */
public record Admission(List<String> subjects, List<String> usernames, @Nullable String role) {

  /** Takes copies, and refuses to be open to everybody. */
  public Admission {
    subjects = List.copyOf(subjects);
    usernames = List.copyOf(usernames);
    if (subjects.isEmpty() && usernames.isEmpty() && role == null) {
      throw new IllegalArgumentException(
          "nobody says who may enter; name subjects, usernames or a role");
    }
  }

  /** Whether the bearer of a token may enter. */
  boolean admits(AccessToken token, String audience) {
    return (subjects.isEmpty() || subjects.contains(token.subject()))
        && (usernames.isEmpty() || token.username().filter(usernames::contains).isPresent())
        && (role == null || token.roles(audience).contains(role));
  }
}
