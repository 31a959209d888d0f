package dev.parley.adapters.inbound.oauth.oidc;

import com.nimbusds.jwt.JWTClaimsSet;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a checked token says of its bearer; claims of another type than expected say nothing. */
record AccessToken(JWTClaimsSet claims) {

  /** Whom it was given for; the same person or program for ever. */
  String subject() {
    return claims.getSubject();
  }

  Optional<String> username() {
    return Optional.ofNullable(claims.getClaim("preferred_username"))
        .filter(String.class::isInstance)
        .map(String.class::cast);
  }

  /** What it may be used for: {@code scope} (RFC 9068), or {@code scp} as some providers say. */
  Set<String> scopes() {
    return Stream.of("scope", "scp")
        .map(claims::getClaim)
        .flatMap(AccessToken::words)
        .collect(Collectors.toSet());
  }

  /**
   * The roles of its bearer: {@code roles}, and of Keycloak {@code realm_access.roles} and {@code
   * resource_access[audience].roles}.
   */
  Set<String> roles(String audience) {
    return Stream.of(
            claims.getClaim("roles"),
            member(claims.getClaim("realm_access"), "roles"),
            member(member(claims.getClaim("resource_access"), audience), "roles"))
        .flatMap(AccessToken::texts)
        .collect(Collectors.toSet());
  }

  private static @Nullable Object member(@Nullable Object object, String name) {
    return object instanceof Map<?, ?> map ? map.get(name) : null;
  }

  private static Stream<String> words(@Nullable Object claim) {
    return claim instanceof String text ? Arrays.stream(text.split(" ")) : texts(claim);
  }

  private static Stream<String> texts(@Nullable Object claim) {
    return claim instanceof List<?> list
        ? list.stream().filter(String.class::isInstance).map(String.class::cast)
        : Stream.of();
  }
}
