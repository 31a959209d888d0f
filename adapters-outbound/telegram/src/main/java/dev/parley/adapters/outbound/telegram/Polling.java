package dev.parley.adapters.outbound.telegram;

import dev.parley.adapters.outbound.telegram.CallFailed.Refused;
import dev.parley.ports.BackendException;
import dev.parley.ports.BackendException.AccessDenied;
import dev.parley.ports.BackendException.Misconfigured;
import dev.parley.ports.BackendException.Unavailable;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How polling goes, as the one process that polls tells all others through the store. */
final class Polling {

  /** How long Telegram keeps what nobody has polled. */
  private static final Duration KEPT = Duration.ofHours(24);

  /** After how long without updates their numbers start anywhere. */
  private static final Duration RENUMBERED = Duration.ofDays(7);

  private Polling() {}

  /** What keeps updates from coming. */
  enum Trouble {
    /** Nothing. */
    NONE,
    /** Telegram does not answer; what it has for the bot comes later. */
    UNREACHABLE,
    /** Another program takes updates away. */
    CONFLICT,
    /** Telegram gives the updates to a webhook. */
    WEBHOOK,
    /** The token is not known. */
    DENIED;

    static Trouble of(CallFailed failure) {
      if (failure instanceof Refused refused) {
        return switch (refused.code()) {
          case Faults.CONFLICT -> Faults.isWebhook(refused) ? WEBHOOK : CONFLICT;
          case Faults.UNAUTHORIZED, Faults.NOT_FOUND -> DENIED;
          default -> UNREACHABLE;
        };
      }
      return UNREACHABLE;
    }
  }

  /** Trouble, and its words where it is not always the same. */
  record State(Trouble trouble, String words) {

    static final State FINE = new State(Trouble.NONE, "");

    /** The trouble as an error; null when there is none. */
    @Nullable BackendException error() {
      return switch (trouble) {
        case NONE -> null;
        case UNREACHABLE -> new Unavailable(words, null, null);
        case CONFLICT -> Faults.conflict();
        case WEBHOOK -> Faults.webhook();
        case DENIED -> Faults.deniedToken();
      };
    }

    /** Whether somebody has to do something before messages come again. */
    boolean needsSomebody() {
      return error() instanceof Misconfigured || error() instanceof AccessDenied;
    }
  }

  static State state(Connection connection) throws SQLException {
    var trouble = meta(connection, "trouble");
    var words = meta(connection, "trouble_words");
    return trouble == null
        ? State.FINE
        : new State(Trouble.valueOf(trouble), words == null ? "" : words);
  }

  static void note(Connection connection, State state) throws SQLException {
    put(connection, "trouble", state.trouble().name());
    put(connection, "trouble_words", state.words());
  }

  /**
   * Notes which updates have come, and marks where some were lost: those that nobody polled in a
   * day, or that another program has taken.
   */
  static void cameTo(Connection connection, long first, long last, long now) throws SQLException {
    var known = number(connection, "last_update");
    // What comes again is at most the last answer, which the former poller did not live to confirm.
    var follows = first > known - UpdatesCall.MOST && first <= known + 1;
    if (known != 0 && !follows && !isNewStart(connection, now)) {
      Appending.loss(connection, now);
    }
    put(connection, "last_update", Long.toString(last));
    put(connection, "last_update_at", Long.toString(now));
    polledAt(connection, now);
  }

  // Numbers that start anywhere tell nothing, unless there was time to lose updates.
  private static boolean isNewStart(Connection connection, long now) throws SQLException {
    return now - number(connection, "last_update_at") >= RENUMBERED.toMillis()
        && now - number(connection, "polled_at") < KEPT.toMillis();
  }

  static void polledAt(Connection connection, long now) throws SQLException {
    put(connection, "polled_at", Long.toString(now));
  }

  private static long number(Connection connection, String name) throws SQLException {
    var value = meta(connection, name);
    return value == null ? 0 : Long.parseLong(value);
  }

  private static @Nullable String meta(Connection connection, String name) throws SQLException {
    return Sql.text(connection, "SELECT value FROM meta WHERE name = ?", name);
  }

  private static void put(Connection connection, String name, String value) throws SQLException {
    Sql.run(connection, "INSERT OR REPLACE INTO meta VALUES (?, ?)", name, value);
  }
}
