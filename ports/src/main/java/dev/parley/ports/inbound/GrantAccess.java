package dev.parley.ports.inbound;

import dev.parley.domain.authorization.ClientId;
import dev.parley.domain.authorization.GrantId;
import dev.parley.domain.authorization.RedirectUri;
import dev.parley.domain.authorization.RegisteredClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jmolecules.architecture.hexagonal.PrimaryPort;

/**
 * Granting access to this server: the owner allows a client to act in the owner's name, and the
 * client gets tokens for it. Secrets are given out once and only their hashes are kept.
 *
 * <p>Every method may throw {@link dev.parley.ports.StateUnavailable}.
 */
@PrimaryPort
public interface GrantAccess {

  /**
   * Registers a client.
   *
   * @throws Refused with {@link Reason#TOO_MANY} when no further client can be kept
   */
  RegisteredClient register(String name, List<RedirectUri> redirectUris);

  /**
   * The client of this id: one that registered, or one that describes itself at its id's URL.
   *
   * @throws Refused with {@link Reason#UNKNOWN_CLIENT}; the message says why
   */
  RegisteredClient client(ClientId id);

  /** Whether this is the owner's passphrase; slow by design. */
  boolean isOwner(String passphrase);

  /**
   * The owner allows it; gives the code for the client.
   *
   * @param challenge the S256 challenge of PKCE
   */
  String approve(ClientId client, RedirectUri redirectUri, String challenge);

  /**
   * Changes a code into tokens. A second use ends what came of the first.
   *
   * @param redirectUri the one of the authorization request, if the client repeats it as OAuth 2.0
   *     wants; OAuth 2.1 does not
   * @param verifierChallenge the S256 challenge of the verifier that the client has shown
   * @throws Refused with {@link Reason#INVALID_GRANT}
   */
  Tokens redeem(
      String code, ClientId client, Optional<RedirectUri> redirectUri, String verifierChallenge);

  /**
   * Changes a refresh token into new tokens. One that was used before, other than by a repetition
   * within 30 seconds, ends the whole grant.
   *
   * @throws Refused with {@link Reason#INVALID_GRANT}
   */
  Tokens refresh(String refreshToken, ClientId client);

  /** Ends the grant of a token, if it is one of this client's. */
  void revoke(String token, ClientId client);

  /** The grant that an access token belongs to; empty when the token lets nobody in. */
  Optional<GrantId> authenticate(String accessToken);

  /** New tokens; the access token lives for {@code expiresIn}. */
  record Tokens(String access, String refresh, Duration expiresIn) {
    @Override
    public String toString() {
      return "Tokens[expiresIn=" + expiresIn + "]";
    }
  }

  /** Why something was refused. */
  enum Reason {
    TOO_MANY,
    UNKNOWN_CLIENT,
    INVALID_GRANT
  }

  /** A refusal; the message is one sentence for whoever runs the client. */
  final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    public Refused(Reason reason, String message) {
      super(message);
      this.reason = reason;
    }

    public Reason reason() {
      return reason;
    }
  }
}
