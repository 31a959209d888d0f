package dev.parley.application;

import dev.parley.domain.authorization.AccessToken;
import dev.parley.domain.authorization.AuthorizationCode;
import dev.parley.domain.authorization.ClientId;
import dev.parley.domain.authorization.Grant;
import dev.parley.domain.authorization.GrantId;
import dev.parley.domain.authorization.RedirectUri;
import dev.parley.domain.authorization.RefreshToken;
import dev.parley.domain.authorization.RegisteredClient;
import dev.parley.domain.authorization.TokenHash;
import dev.parley.ports.inbound.GrantAccess;
import dev.parley.ports.outbound.Authorizations;
import dev.parley.ports.outbound.ClientDocuments;
import dev.parley.ports.outbound.OwnerPassphrase;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jmolecules.ddd.annotation.Service;

/** The authorization server: one at a time decides, so that of two uses of a token one is first. */
@Service
public final class GrantingAccess implements GrantAccess {

  private static final int MOST_CLIENTS = 1_000;
  private static final int SECRET_BYTES = 32;
  private static final int ID_BYTES = 16;

  private final Authorizations authorizations;
  private final ClientDocuments documents;
  private final OwnerPassphrase passphrase;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  /** The service over a store. */
  public GrantingAccess(
      Authorizations authorizations,
      ClientDocuments documents,
      OwnerPassphrase passphrase,
      InstantSource clock) {
    this.authorizations = authorizations;
    this.documents = documents;
    this.passphrase = passphrase;
    this.clock = clock;
  }

  @Override
  public RegisteredClient register(String name, List<RedirectUri> redirectUris) {
    var client = new RegisteredClient(new ClientId(secret(ID_BYTES)), name, redirectUris);
    if (!authorizations.add(client, MOST_CLIENTS)) {
      throw new Refused(
          Reason.TOO_MANY,
          "%,d clients have access already; revoke one first".formatted(MOST_CLIENTS));
    }
    return client;
  }

  @Override
  public RegisteredClient client(ClientId id) {
    if (!id.isDocument()) {
      return authorizations
          .client(id)
          .orElseThrow(() ->
              new Refused(
                  Reason.UNKNOWN_CLIENT, "this client is not registered here; register it anew"));
    }
    try {
      return documents.fetch(id);
    } catch (ClientDocuments.Unusable e) {
      throw new Refused(Reason.UNKNOWN_CLIENT, String.valueOf(e.getMessage()));
    }
  }

  @Override
  public boolean isOwner(String asked) {
    return passphrase.matches(asked);
  }

  @Override
  public String approve(ClientId client, RedirectUri redirectUri, String challenge) {
    var secret = secret(SECRET_BYTES);
    var now = clock.instant();
    authorizations.forgetExpired(now);
    authorizations.save(
        new AuthorizationCode(
            hash(secret),
            client,
            redirectUri,
            challenge,
            new GrantId(secret(ID_BYTES)),
            now,
            false));
    return secret;
  }

  @Override
  public synchronized Tokens redeem(
      String secret, ClientId client, Optional<RedirectUri> redirectUri, String verifierChallenge) {
    var now = clock.instant();
    var code =
        authorizations
            .code(hash(secret))
            .filter(found -> found.client().equals(client))
            .orElseThrow(() -> refused("this code is unknown, or was given to another client"));
    if (code.used()) {
      authorizations.revoke(code.grant());
      throw refused("this code was used before, so what came of it ended; ask the owner again");
    }
    if (code.isExpired(now)) {
      throw refused("this code is older than a minute; ask the owner again");
    }
    if (redirectUri.isPresent() && !redirectUri.get().equals(code.redirectUri())) {
      throw refused("redirect_uri is not the one that the code was asked for");
    }
    if (!same(code.challenge(), verifierChallenge)) {
      authorizations.save(code.spent());
      throw refused("code_verifier does not fit the challenge, so the code is spent");
    }
    authorizations.save(code.spent());
    return issue(Grant.begin(code.grant(), client, now), Optional.empty());
  }

  @Override
  public synchronized Tokens refresh(String secret, ClientId client) {
    var now = clock.instant();
    var token =
        authorizations
            .refresh(hash(secret))
            .orElseThrow(() -> refused("this refresh token is unknown or was revoked"));
    var grant =
        authorizations
            .grant(token.grant())
            .filter(found -> found.client().equals(client))
            .orElseThrow(() -> refused("this refresh token was given to another client"));
    return switch (token.use(now, grant.newest())) {
      case ROTATES -> issue(grant.rotatedFrom(token.generation()), Optional.of(token.rotated(now)));
      case EXPIRED ->
          throw refused("this refresh token was not used for too long; ask the owner again");
      case REUSED -> {
        authorizations.revoke(grant.id());
        throw refused(
            "this refresh token was used before, so the grant ended; ask the owner again");
      }
    };
  }

  private Tokens issue(Grant grant, Optional<RefreshToken> used) {
    var now = clock.instant();
    var access = secret(SECRET_BYTES);
    var refresh = secret(SECRET_BYTES);
    authorizations.forgetExpired(now);
    authorizations.save(
        grant,
        new AccessToken(hash(access), grant.id(), now),
        new RefreshToken(hash(refresh), grant.id(), grant.newest(), now, null),
        used);
    return new Tokens(access, refresh, AccessToken.LIFE);
  }

  @Override
  public synchronized void revoke(String token, ClientId client) {
    var hash = hash(token);
    authorizations
        .refresh(hash)
        .map(RefreshToken::grant)
        .or(() -> authorizations.access(hash).map(AccessToken::grant))
        .flatMap(authorizations::grant)
        .filter(grant -> grant.client().equals(client))
        .ifPresent(grant -> authorizations.revoke(grant.id()));
  }

  @Override
  public Optional<GrantId> authenticate(String accessToken) {
    var now = clock.instant();
    return authorizations
        .access(hash(accessToken))
        .filter(token -> !token.isExpired(now))
        .map(AccessToken::grant);
  }

  private static TokenHash hash(String secret) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return new TokenHash(
          HexFormat.of().formatHex(digest.digest(secret.getBytes(StandardCharsets.UTF_8))));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static Refused refused(String why) {
    return new Refused(Reason.INVALID_GRANT, why);
  }

  private static boolean same(String expected, String found) {
    return MessageDigest.isEqual(
        expected.getBytes(StandardCharsets.UTF_8), found.getBytes(StandardCharsets.UTF_8));
  }

  private String secret(int bytes) {
    var secret = new byte[bytes];
    random.nextBytes(secret);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
  }
}
