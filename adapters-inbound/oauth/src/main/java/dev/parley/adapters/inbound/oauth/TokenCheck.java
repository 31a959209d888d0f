package dev.parley.adapters.inbound.oauth;

/** Decides who a token lets in. */
@FunctionalInterface
public interface TokenCheck {

  /** Checks a token as it came in the Authorization header. */
  Verdict check(String token);

  /** What a check found. */
  sealed interface Verdict {}

  /**
   * The token is good.
   *
   * @param name stays the same for one authorization or subject
   */
  record Admitted(String name) implements Verdict {}

  /**
   * The token is not accepted.
   *
   * @param why one sentence for whoever runs the client, without quotes and secrets
   */
  record Refused(Reason reason, String why) implements Verdict {}

  /** Why a token is not accepted. */
  enum Reason {
    /** It is unknown, expired, revoked or not meant for this server: 401 {@code invalid_token}. */
    INVALID,
    /** It is good, but not for this: 403 {@code insufficient_scope}. */
    INSUFFICIENT_SCOPE,
    /** It is good, but its owner may not enter: 403. */
    FORBIDDEN,
    /** It cannot be checked now: 503. */
    UNAVAILABLE
  }
}
