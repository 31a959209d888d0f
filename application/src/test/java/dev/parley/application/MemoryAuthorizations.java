package dev.parley.application;

import dev.parley.domain.authorization.AccessToken;
import dev.parley.domain.authorization.AuthorizationCode;
import dev.parley.domain.authorization.ClientId;
import dev.parley.domain.authorization.Grant;
import dev.parley.domain.authorization.GrantId;
import dev.parley.domain.authorization.RefreshToken;
import dev.parley.domain.authorization.RegisteredClient;
import dev.parley.domain.authorization.TokenHash;
import dev.parley.ports.outbound.Authorizations;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A double: authorizations in memory, as the port describes them. */
final class MemoryAuthorizations implements Authorizations {

  private final Map<ClientId, RegisteredClient> clients = new LinkedHashMap<>();
  private final Map<TokenHash, AuthorizationCode> codes = new LinkedHashMap<>();
  private final Map<GrantId, Grant> grants = new LinkedHashMap<>();
  private final Map<TokenHash, AccessToken> accessTokens = new LinkedHashMap<>();
  private final Map<TokenHash, RefreshToken> refreshTokens = new LinkedHashMap<>();

  @Override
  public boolean add(RegisteredClient client, int most) {
    if (clients.size() >= most) {
      var idle =
          clients.keySet().stream()
              .filter(id -> grants.values().stream().noneMatch(grant -> grant.client().equals(id)))
              .findFirst();
      if (idle.isEmpty()) {
        return false;
      }
      clients.remove(idle.get());
    }
    clients.put(client.id(), client);
    return true;
  }

  @Override
  public Optional<RegisteredClient> client(ClientId id) {
    return Optional.ofNullable(clients.get(id));
  }

  @Override
  public void save(AuthorizationCode code) {
    codes.put(code.hash(), code);
  }

  @Override
  public Optional<AuthorizationCode> code(TokenHash hash) {
    return Optional.ofNullable(codes.get(hash));
  }

  @Override
  public void save(
      Grant grant, AccessToken access, RefreshToken refresh, Optional<RefreshToken> used) {
    grants.put(grant.id(), grant);
    accessTokens.put(access.hash(), access);
    refreshTokens.put(refresh.hash(), refresh);
    used.ifPresent(token -> refreshTokens.put(token.hash(), token));
  }

  @Override
  public Optional<Grant> grant(GrantId id) {
    return Optional.ofNullable(grants.get(id));
  }

  @Override
  public Optional<AccessToken> access(TokenHash hash) {
    return Optional.ofNullable(accessTokens.get(hash));
  }

  @Override
  public Optional<RefreshToken> refresh(TokenHash hash) {
    return Optional.ofNullable(refreshTokens.get(hash));
  }

  @Override
  public void revoke(GrantId id) {
    grants.remove(id);
    accessTokens.values().removeIf(token -> token.grant().equals(id));
    refreshTokens.values().removeIf(token -> token.grant().equals(id));
  }

  @Override
  public void forgetExpired(Instant now) {
    codes
        .values()
        .removeIf(code -> code.issuedAt().isBefore(now.minus(AuthorizationCode.REMEMBERED)));
    accessTokens.values().removeIf(token -> token.isExpired(now));
    refreshTokens
        .values()
        .removeIf(token -> token.issuedAt().isBefore(now.minus(RefreshToken.LIFE)));
    grants
        .keySet()
        .removeIf(
            id -> refreshTokens.values().stream().noneMatch(token -> token.grant().equals(id)));
  }

  /** How many things of any kind are kept. */
  int size() {
    return clients.size()
        + codes.size()
        + grants.size()
        + accessTokens.size()
        + refreshTokens.size();
  }
}
