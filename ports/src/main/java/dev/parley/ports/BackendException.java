package dev.parley.ports;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Why an operation of the seam failed. The message is one sentence for a person: what was expected,
 * what was found, what to do; never a secret.
 */
public abstract sealed class BackendException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private BackendException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** A setting cannot be used, or the backend lacks something that only its owner can change. */
  public static final class Misconfigured extends BackendException {
    private static final long serialVersionUID = 1L;
    private final @Nullable String setting;

    public Misconfigured(String message) {
      this(message, null);
    }

    public Misconfigured(String message, @Nullable Throwable cause) {
      this(null, message, cause);
    }

    private Misconfigured(@Nullable String setting, String message, @Nullable Throwable cause) {
      super(message, cause);
      this.setting = setting;
    }

    /** One setting cannot be used; the message begins with its name and goes on with why. */
    public static Misconfigured of(String setting, String why) {
      return of(setting, why, null);
    }

    /** One setting cannot be used; the message begins with its name and goes on with why. */
    public static Misconfigured of(String setting, String why, @Nullable Throwable cause) {
      return new Misconfigured(setting, setting + " " + why, cause);
    }

    /** The setting that has to be changed, with which the message begins; null if it is not one. */
    public @Nullable String setting() {
      return setting;
    }
  }

  /** The topic has no mapping on this backend; the message lists those that have one. */
  public static final class NoSuchTopic extends BackendException {
    private static final long serialVersionUID = 1L;

    public NoSuchTopic(String message) {
      super(message, null);
    }
  }

  /** The backend does not take this content; nothing was posted. */
  public static final class ContentRejected extends BackendException {
    private static final long serialVersionUID = 1L;

    public ContentRejected(String message) {
      super(message, null);
    }

    /** Content over the limit. */
    public static ContentRejected tooLong(int size, ContentLimit limit) {
      return new ContentRejected(
          "the content has %,d %s and the backend takes at most %,d; nothing was posted: shorten it or post it in parts"
              .formatted(size, limit.unit().plural(), limit.size()));
    }
  }

  /** The cursor is not one of this store. */
  public static final class CursorRejected extends BackendException {
    private static final long serialVersionUID = 1L;

    public CursorRejected(String message) {
      super(message, null);
    }
  }

  /** The backend refuses the account this operation. */
  public static final class AccessDenied extends BackendException {
    private static final long serialVersionUID = 1L;

    public AccessDenied(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /** The backend asks to slow down by more than the request timeout allows to wait. */
  public static final class RateLimited extends BackendException {
    private static final long serialVersionUID = 1L;
    private final Duration retryAfter;

    public RateLimited(String message, Duration retryAfter) {
      super(message, null);
      this.retryAfter = retryAfter;
    }

    /** How long the backend asked to wait. */
    public Duration retryAfter() {
      return retryAfter;
    }
  }

  /** The backend does not answer; nothing was posted. */
  public static final class Unavailable extends BackendException {
    private static final long serialVersionUID = 1L;
    private final @Nullable Instant since;

    public Unavailable(String message, @Nullable Instant since, @Nullable Throwable cause) {
      super(message, cause);
      this.since = since;
    }

    /** Since when it does not answer, or null when this is the first time it was asked. */
    public @Nullable Instant since() {
      return since;
    }
  }

  /** The post may or may not have been stored; look into the history before repeating it. */
  public static final class OutcomeUnknown extends BackendException {
    private static final long serialVersionUID = 1L;

    public OutcomeUnknown(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }
}
