package dev.parley.ports.outbound;

import dev.parley.domain.authorization.AccessToken;
import dev.parley.domain.authorization.AuthorizationCode;
import dev.parley.domain.authorization.ClientId;
import dev.parley.domain.authorization.Grant;
import dev.parley.domain.authorization.GrantId;
import dev.parley.domain.authorization.RefreshToken;
import dev.parley.domain.authorization.RegisteredClient;
import dev.parley.domain.authorization.TokenHash;
import java.time.Instant;
import java.util.Optional;
import org.jmolecules.architecture.hexagonal.SecondaryPort;

/**
 * Where clients, grants and the hashes of their tokens are kept. What a method has returned from is
 * there after a restart, however the process ended.
 *
 * <p>Every method may throw {@link dev.parley.ports.StateUnavailable}.
 */
@SecondaryPort
public interface Authorizations {

  /**
   * Keeps a client that registered itself. When there are too many, the oldest that has no grant
   * goes.
   *
   * @return false when there are too many and each has a grant
   */
  boolean add(RegisteredClient client, int most);

  /** The client that registered itself under this id. */
  Optional<RegisteredClient> client(ClientId id);

  /** Keeps a code, and its latest state when it was there before. */
  void save(AuthorizationCode code);

  /** The code of this hash; codes that are long expired may be gone. */
  Optional<AuthorizationCode> code(TokenHash hash);

  /** Keeps a grant and new tokens of it, and the use of the token that they came from, at once. */
  void save(Grant grant, AccessToken access, RefreshToken refresh, Optional<RefreshToken> used);

  /** The grant of this id, unless it was revoked. */
  Optional<Grant> grant(GrantId id);

  /** The access token of this hash; expired ones may be gone. */
  Optional<AccessToken> access(TokenHash hash);

  /** The refresh token of this hash; of a grant's generations, the latest 2,000 are remembered. */
  Optional<RefreshToken> refresh(TokenHash hash);

  /** Ends a grant and every token of it. */
  void revoke(GrantId id);

  /**
   * Forgets what is of no use any more at this time: codes that need not be remembered, tokens that
   * are expired, grants without tokens. A bounded number at a time, so that it may be called often.
   */
  void forgetExpired(Instant now);
}
