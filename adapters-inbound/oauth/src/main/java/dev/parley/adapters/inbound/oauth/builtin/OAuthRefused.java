package dev.parley.adapters.inbound.oauth.builtin;

import io.helidon.http.Status;

/** A request that is answered with an error of OAuth; the message is its description. */
final class OAuthRefused extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Status status;
  private final String code;

  /**
   * Refuses a request that is wrong.
   *
   * @param code from RFC 6749, 7591, 7009 or 8707
   */
  OAuthRefused(String code, String description) {
    this(Status.BAD_REQUEST_400, code, description);
  }

  OAuthRefused(Status status, String code, String description) {
    super(plain(description));
    this.status = status;
    this.code = code;
  }

  /** RFC 6749 wants printable ASCII without quotes and backslashes. */
  private static String plain(String description) {
    return description.replaceAll("[^ !#-\\[\\]-~]", "?");
  }

  Status status() {
    return status;
  }

  String code() {
    return code;
  }

  String description() {
    return String.valueOf(getMessage());
  }
}
