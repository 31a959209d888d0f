package dev.parley.adapters.inbound.oauth.builtin;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;

/**
 * Whom tokens are for (<a href="https://www.rfc-editor.org/rfc/rfc8707">RFC 8707</a>): this server
 * and no other, so a token it gave is of no use elsewhere.
 *
 * @param resource the identifier of the endpoint
 */
record Audience(String resource) {

  /** Checks the {@code resource} parameters; a client that names none means this server. */
  void require(List<String> asked) {
    if (!asked.stream().map(Audience::canonical).allMatch(canonical(resource)::equals)) {
      throw new OAuthRefused(
          "invalid_target", "this server gives tokens for %s only".formatted(resource));
    }
  }

  /** Scheme and host in lower case, and no slash at the end. */
  private static String canonical(String resource) {
    try {
      var uri = new URI(resource);
      var authority = uri.getRawAuthority();
      if (uri.getScheme() == null || authority == null) {
        return resource;
      }
      var begin = (uri.getScheme() + "://" + authority).length();
      var rest =
          resource.endsWith("/")
              ? resource.substring(begin, resource.length() - 1)
              : resource.substring(begin);
      return (uri.getScheme() + "://" + authority).toLowerCase(Locale.ROOT) + rest;
    } catch (URISyntaxException _) {
      return resource;
    }
  }
}
