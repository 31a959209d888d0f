package dev.parley.adapters.inbound.oauth.builtin;

import org.jspecify.annotations.Nullable;

/**
 * Whom tokens are for (<a href="https://www.rfc-editor.org/rfc/rfc8707">RFC 8707</a>): this server
 * and no other, so a token it gave is of no use elsewhere.
 *
 * @param resource the identifier of the endpoint
 */
record Audience(String resource) {

  /** Checks the {@code resource} parameter; a client that names none means this server. */
  void require(@Nullable String asked) {
    if (asked != null && !asked.equals(resource) && !asked.equals(resource + "/")) {
      throw new OAuthRefused(
          "invalid_target", "this server gives tokens for %s only".formatted(resource));
    }
  }
}
