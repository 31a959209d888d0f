package dev.parley.adapters.inbound.oauth.builtin;

/** A request that is answered with an error of OAuth; the message is its description. */
final class OAuthRefused extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String code;

  /**
   * Refuses.
   *
   * @param code from RFC 6749, 7591, 7009 or 8707
   */
  OAuthRefused(String code, String description) {
    super(description);
    this.code = code;
  }

  String code() {
    return code;
  }

  String description() {
    return String.valueOf(getMessage());
  }
}
