package dev.parley.adapters.inbound.mcp;

import dev.parley.ports.BackendException;
import dev.parley.ports.BackendException.AccessDenied;
import dev.parley.ports.BackendException.ContentRejected;
import dev.parley.ports.BackendException.CursorRejected;
import dev.parley.ports.BackendException.Misconfigured;
import dev.parley.ports.BackendException.NoSuchTopic;
import dev.parley.ports.BackendException.OutcomeUnknown;
import dev.parley.ports.BackendException.RateLimited;
import dev.parley.ports.BackendException.Unavailable;
import java.time.temporal.ChronoUnit;

/** What went wrong, in one sentence without a full stop that says what to do. */
final class Remedy {

  private Remedy() {}

  static String of(BackendException e) {
    return switch (e) {
      case CursorRejected _ ->
          sentence(e) + "; leave out since and before to read the latest messages";
      case OutcomeUnknown _ ->
          sentence(e)
              + "; the message may or may not have been stored: read the topic before you post it"
              + " again, or repeat a call that had a key with the same key";
      case RateLimited limited ->
          "%s; try again in %d s".formatted(sentence(e), limited.retryAfter().toSeconds() + 1);
      case Unavailable unavailable ->
          "%s%s; nothing was changed, so the call can be repeated later"
              .formatted(sentence(e), sinceWhen(unavailable));
      case Misconfigured _, AccessDenied _ ->
          sentence(e) + "; tell your user, whom 'parley doctor' tells more";
      case NoSuchTopic _, ContentRejected _ -> sentence(e);
    };
  }

  private static String sinceWhen(Unavailable failure) {
    return failure.since() == null
        ? ""
        : " (so since %s)".formatted(failure.since().truncatedTo(ChronoUnit.SECONDS));
  }

  /** A failure that nobody foresaw. */
  static String unexpected(Throwable e) {
    return "Parley failed unexpectedly (%s); the log has the details"
        .formatted(e.getClass().getSimpleName());
  }

  /** The message of a failure that is a sentence for the caller. */
  static String sentence(RuntimeException e) {
    var message = String.valueOf(e.getMessage()).strip();
    return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
  }
}
