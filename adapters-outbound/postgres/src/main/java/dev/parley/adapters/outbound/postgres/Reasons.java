package dev.parley.adapters.outbound.postgres;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;

/** What a failure tells of its reason. */
final class Reasons {

  private Reasons() {}

  /** The SQLSTATE; empty when there is none. */
  static String state(SQLException failure) {
    return failure.getSQLState() == null ? "" : failure.getSQLState();
  }

  /** What the server said, else the driver, in one line. */
  static String said(SQLException failure) {
    var text = failure.getMessage();
    if (failure instanceof PSQLException known) {
      var byServer = known.getServerErrorMessage();
      text = byServer == null ? text : byServer.getMessage();
    }
    return oneLine(text);
  }

  /** What the first cause of all says, in one line. */
  static String deepest(Throwable failure) {
    var cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return oneLine(cause.getMessage());
  }

  private static String oneLine(@Nullable String text) {
    return text == null
        ? "no reason given"
        : text.lines().findFirst().orElse("no reason given").replaceAll("[.\\s]+$", "");
  }

  /** The first cause of a type; null for none. */
  static <T extends Throwable> @Nullable T cause(Throwable failure, Class<T> type) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return type.cast(cause);
      }
    }
    return null;
  }
}
