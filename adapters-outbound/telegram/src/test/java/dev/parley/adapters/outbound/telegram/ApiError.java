package dev.parley.adapters.outbound.telegram;

import org.jspecify.annotations.Nullable;

/** An answer of the double that says no, in the form of the Bot API. */
final class ApiError extends RuntimeException {

  private static final long serialVersionUID = 1L;
  private final int code;
  private final @Nullable Integer retryAfter;
  private final @Nullable Long movedTo;

  ApiError(int code, String description) {
    this(code, description, null, null);
  }

  private ApiError(
      int code, String description, @Nullable Integer retryAfter, @Nullable Long movedTo) {
    super(description);
    this.code = code;
    this.retryAfter = retryAfter;
    this.movedTo = movedTo;
  }

  static ApiError badRequest(String why) {
    return new ApiError(400, "Bad Request: " + why);
  }

  static ApiError moved(long to) {
    return new ApiError(400, "Bad Request: group chat was upgraded to a supergroup chat", null, to);
  }

  static ApiError tooMany(@Nullable Integer retryAfter) {
    return new ApiError(
        429,
        "Too Many Requests: retry after " + (retryAfter == null ? "a while" : retryAfter),
        retryAfter,
        null);
  }

  int code() {
    return code;
  }

  @Nullable Integer retryAfter() {
    return retryAfter;
  }

  @Nullable Long movedTo() {
    return movedTo;
  }
}
