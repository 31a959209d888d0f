package dev.parley.adapters.outbound.slack;

import org.jspecify.annotations.Nullable;

/** Slack's refusal of a request: {@code ok: false} with an error code of the method's page. */
final class ApiError extends Exception {

  private static final long serialVersionUID = 1L;

  private final String method;
  private final String code;
  private final @Nullable String needed;

  ApiError(String method, String code, @Nullable String needed) {
    super(method + ": " + code, null, false, false);
    this.method = method;
    this.code = code;
    this.needed = needed;
  }

  String method() {
    return method;
  }

  String code() {
    return code;
  }

  /** The scope that is missing, where that is the reason. */
  @Nullable String needed() {
    return needed;
  }

  boolean is(String other) {
    return code.equals(other);
  }
}
