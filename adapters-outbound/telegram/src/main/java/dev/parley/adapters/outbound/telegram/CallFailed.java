package dev.parley.adapters.outbound.telegram;

import org.jspecify.annotations.Nullable;

/** Why a call of the Bot API failed, told apart by whether it may have had its effect. */
abstract sealed class CallFailed extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private CallFailed(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** Telegram answered that it did not do it. */
  static final class Refused extends CallFailed {
    private static final long serialVersionUID = 1L;
    private final int code;
    private final @Nullable Integer retryAfter;
    private final @Nullable Long movedTo;

    Refused(int code, String description, @Nullable Integer retryAfter, @Nullable Long movedTo) {
      super(description, null);
      this.code = code;
      this.retryAfter = retryAfter;
      this.movedTo = movedTo;
    }

    /** The error code, such as 403. */
    int code() {
      return code;
    }

    /** How many seconds to wait; null when Telegram does not say. */
    @Nullable Integer retryAfter() {
      return retryAfter;
    }

    /** The id of the supergroup that the group has become; null when it has not. */
    @Nullable Long movedTo() {
      return movedTo;
    }

    String description() {
      return String.valueOf(getMessage());
    }
  }

  /** No connection came about, so nothing was sent. */
  static final class NotSent extends CallFailed {
    private static final long serialVersionUID = 1L;

    NotSent(Throwable cause) {
      super(String.valueOf(cause.getMessage()), cause);
    }
  }

  /** It was sent, and no answer tells what came of it. */
  static final class PerhapsDone extends CallFailed {
    private static final long serialVersionUID = 1L;

    /** {@code why} is a clause, such as "the connection broke". */
    PerhapsDone(String why, @Nullable Throwable cause) {
      super(why, cause);
    }
  }
}
