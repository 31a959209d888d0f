package dev.parley.adapters.outbound.state;

import dev.parley.domain.authorization.AccessToken;
import dev.parley.domain.authorization.AuthorizationCode;
import dev.parley.domain.authorization.ClientId;
import dev.parley.domain.authorization.Grant;
import dev.parley.domain.authorization.GrantId;
import dev.parley.domain.authorization.RedirectUri;
import dev.parley.domain.authorization.RefreshToken;
import dev.parley.domain.authorization.RegisteredClient;
import dev.parley.domain.authorization.TokenHash;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Clients, grants and tokens, one of each for a number. */
final class AuthorizationSamples {

  static final Instant NOW = Instant.parse("2026-11-28T12:00:00.123Z");

  private AuthorizationSamples() {}

  static RegisteredClient client(int n) {
    return new RegisteredClient(
        new ClientId("client " + n),
        "name '" + n + "'",
        List.of(
            new RedirectUri("https://example.com/" + n), new RedirectUri("http://localhost/cb")));
  }

  static Grant grant(int n) {
    return Grant.begin(new GrantId("grant " + n), client(n).id(), NOW);
  }

  static AuthorizationCode code(int n, Instant issuedAt) {
    return new AuthorizationCode(
        new TokenHash("code " + n),
        client(n).id(),
        new RedirectUri("https://example.com/" + n),
        "challenge",
        grant(n).id(),
        issuedAt,
        false);
  }

  static AccessToken access(int n, Instant issuedAt) {
    return new AccessToken(new TokenHash("access " + n), grant(n).id(), issuedAt);
  }

  static RefreshToken refresh(int n, Instant issuedAt) {
    return new RefreshToken(new TokenHash("refresh " + n), grant(n).id(), 0, issuedAt, null);
  }

  /** Keeps a grant that began now. */
  static void save(SqliteAuthorizations authorizations, int n) {
    save(authorizations, n, NOW);
  }

  static void save(SqliteAuthorizations authorizations, int n, Instant at) {
    authorizations.save(grant(n), access(n, at), refresh(n, at), Optional.empty());
  }
}
