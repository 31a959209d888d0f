package dev.parley.adapters.outbound.postgres;

import dev.parley.adapters.outbound.support.Health;
import dev.parley.ports.BackendException;
import dev.parley.ports.BackendException.AccessDenied;
import dev.parley.ports.BackendException.ContentRejected;
import dev.parley.ports.BackendException.Misconfigured;
import dev.parley.ports.BackendException.OutcomeUnknown;
import dev.parley.ports.BackendException.Unavailable;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;

/** Says what went wrong with the database in words that name its place and the remedy. */
final class Faults {

  private final ConnectionUrl url;
  private final String place;
  private final String table;
  private final Duration timeout;
  private final Health health;

  Faults(PostgresSettings settings, Health health) {
    this.url = settings.url();
    this.place = settings.url().place();
    this.table = settings.table();
    this.timeout = settings.timeout();
    this.health = health;
  }

  /** Whether tables, columns or indexes of ours are not there, so that nothing was done. */
  static boolean isOfMissingTables(SQLException failure) {
    return switch (state(failure)) {
      case "42P01", "42703", "42P10" -> true;
      default -> false;
    };
  }

  /** Whether a failure concerns the data of a statement, not the database. */
  static boolean isOfData(SQLException failure) {
    return state(failure).startsWith("22") || state(failure).startsWith("23");
  }

  /**
   * Whether a statement that failed so may have been committed all the same: the answer was lost,
   * or the server ended the session, which it may do after the commit, too.
   */
  static boolean leavesCommitOpen(SQLException failure) {
    var state = state(failure);
    return state.isEmpty() || state.startsWith("08") || state.startsWith("57P");
  }

  /** Whether the connection is gone, as it is after an outage that is over. */
  static boolean isOfConnection(SQLException failure) {
    return leavesCommitOpen(failure);
  }

  private static String state(SQLException failure) {
    return failure.getSQLState() == null ? "" : failure.getSQLState();
  }

  /** Why no connection can be made. */
  BackendException unreachable(SQLException refusal) {
    return noted(translateRefusal(refusal));
  }

  private BackendException translateRefusal(SQLException refusal) {
    if (isOfEncryption(refusal)) {
      return new Misconfigured(
          "no encrypted connection to %s could be made (%s): check sslmode and sslrootcert, and whether the server has ssl on"
              .formatted(place, deepest(refusal)),
          refusal);
    }
    return switch (state(refusal)) {
      case "28P01", "28000", "08004" -> refused(refusal);
      case "3D000" ->
          new Misconfigured(
              "the server at %s has no such database: create it, or correct url".formatted(place),
              refusal);
      case "53300" ->
          unavailable(
              "the server at %s has no connection left (max_connections): end some, or raise it",
              refusal);
      case "57P03" ->
          unavailable(
              "the server at %s is starting, stopping or recovering: wait, or see its log",
              refusal);
      default -> unreached(refusal);
    };
  }

  /** What the server says of SSL is about its pg_hba.conf; what the driver says is about SSL. */
  private static boolean isOfEncryption(SQLException refusal) {
    return cause(refusal, SSLException.class) != null
        || (refusal instanceof PSQLException known
            && known.getServerErrorMessage() == null
            && String.valueOf(known.getMessage()).contains("SSL"));
  }

  private BackendException refused(SQLException refusal) {
    var user = url.get("user");
    return new AccessDenied(
        "the server at %s does not let %s in (%s): check user and password, and the server's pg_hba.conf"
            .formatted(
                place, user == null ? "this user" : "the user '" + user + "'", said(refusal)),
        refusal);
  }

  private BackendException unreached(SQLException refusal) {
    if (cause(refusal, UnknownHostException.class) != null) {
      return unavailable(
          "the host of %s is not known: correct url, or see to name resolution", refusal);
    }
    if (cause(refusal, SocketTimeoutException.class) != null
        || cause(refusal, NoRouteToHostException.class) != null) {
      return unavailable(
          "nothing answers at %s: check host and port in url, the network, and firewalls", refusal);
    }
    if (cause(refusal, ConnectException.class) != null) {
      return unavailable(
          "no server listens at %s: start PostgreSQL there, or correct host and port in url",
          refusal);
    }
    if (said(refusal).contains("targetServerType")) {
      return unavailable(
          "none of the servers at %s is of the kind that targetServerType in url asks for: start or"
              + " promote one, or correct url",
          refusal);
    }
    return unavailable(
        "no connection to %s can be made ("
            + said(refusal).replace("%", "%%")
            + "): check that it is a PostgreSQL server and see its log",
        refusal);
  }

  /** Why an operation failed, of which nothing was done. */
  BackendException of(SQLException failure) {
    return noted(translate(failure));
  }

  private BackendException translate(SQLException failure) {
    var state = state(failure);
    if (state.startsWith("08") || state.isEmpty()) {
      return unavailable(
          "the connection to %s broke: check the server and the network between", failure);
    }
    return switch (state) {
      case "42501" -> forbidden(failure);
      case "25006" ->
          new Misconfigured(
              "the server at %s is a standby or read-only: name the primary in url, or all servers"
                      .formatted(place)
                  + " with targetServerType=primary",
              failure);
      case "22P05" ->
          new ContentRejected(
              "the database at %s cannot hold this text in its encoding; nothing was posted: use a"
                      .formatted(place)
                  + " database with the encoding UTF8");
      case "55P03" ->
          unavailable(
              "the topic or the table at %s is locked by another program: end its transaction, and"
                  + " try again",
              failure);
      case "57014" ->
          unavailable(
              "the database at %s did not answer in time: check its load and what holds locks",
              failure);
      case "26000", "42P05" ->
          new Misconfigured(
              "a connection pooler at %s mixes sessions (PgBouncer with pool_mode=transaction):"
                      .formatted(place)
                  + " connect to PostgreSQL itself, or use pool_mode=session",
              failure);
      case "42P01", "42703", "42P10" ->
          new Misconfigured(
              "the table %s at %s is not as Parley made it (%s): let Parley make it anew, or correct table_name"
                  .formatted(table, place, said(failure)),
              failure);
      case "53100" -> unavailable("the disk of the server at %s is full: free some space", failure);
      case "57P01", "57P02", "57P03" ->
          unavailable("the server at %s is stopping or starting: try again in a moment", failure);
      default ->
          unavailable(
              "the database at %s failed (" + said(failure).replace("%", "%%") + "): see its log",
              failure);
    };
  }

  private BackendException forbidden(SQLException failure) {
    return new AccessDenied(
        "the role of Parley may not do this at %s (%s): let the owner of the table grant SELECT, INSERT and, for retention, DELETE"
            .formatted(place, said(failure)),
        failure);
  }

  /** Why the tables cannot be made or completed. */
  BackendException notPrepared(SQLException failure) {
    if (!state(failure).equals("42501")) {
      return of(failure);
    }
    return noted(
        new AccessDenied(
            "the role of Parley may not make or complete the table %s at %s (%s): grant it CREATE on the schema, or let the owner of the table start Parley once"
                .formatted(table, place, said(failure)),
            failure));
  }

  BackendException foreignTable(String missing) {
    return noted(
        new Misconfigured(
            "the table %s at %s is not one of Parley's (it has no column %s): set another table_name"
                .formatted(table, place, missing)));
  }

  BackendException wrongEncoding(String encoding) {
    return noted(
        new Misconfigured(
            "the database at %s has the encoding %s, which cannot hold every text: use a database with the encoding UTF8"
                .formatted(place, encoding)));
  }

  BackendException tooOld(String version) {
    return noted(
        new Misconfigured(
            "the server at %s is PostgreSQL %s, which is too old: use 12 or newer"
                .formatted(place, version)));
  }

  /** What to tell whose post was sent, but whose confirmation did not come. */
  OutcomeUnknown unknown(SQLException failure) {
    var why = of(failure);
    return new OutcomeUnknown("the post may or may not have been stored: " + why.getMessage(), why);
  }

  BackendException deletedMeanwhile() {
    return new Unavailable(
        "the message that was stored under this key has just been deleted; nothing was posted now:"
            + " post again",
        null,
        null);
  }

  /** Nothing came within the request timeout. */
  BackendException tooSlow() {
    return noted(
        new Unavailable(
            "the database at %s did not answer within %s: check the server and the network"
                .formatted(place, inWords(timeout)),
            health.failingSince(),
            null));
  }

  /** Every connection is in use. */
  BackendException busy(int connections) {
    return new Unavailable(
        "all %d connections to %s were in use for %s: raise pool_size, or check what is slow there"
            .formatted(connections, place, inWords(timeout)),
        health.failingSince(),
        null);
  }

  BackendException closed() {
    return new Unavailable("the connection to %s was closed".formatted(place), null, null);
  }

  BackendException interrupted() {
    return new Unavailable("the call was cancelled before it was answered", null, null);
  }

  BackendException unexpected(@Nullable Throwable bug) {
    return noted(
        new Unavailable(
            "the backend failed unexpectedly; please report this with what PARLEY_LOG=debug shows",
            health.failingSince(),
            bug));
  }

  private BackendException unavailable(String message, SQLException failure) {
    return new Unavailable(message.formatted(place), health.failingSince(), failure);
  }

  private BackendException noted(BackendException fault) {
    if (fault instanceof ContentRejected) {
      return fault;
    }
    health.failed(fault.getMessage());
    if (fault instanceof Unavailable unavailable && unavailable.since() == null) {
      return new Unavailable(
          String.valueOf(fault.getMessage()), health.failingSince(), fault.getCause());
    }
    return fault;
  }

  /** What the server said, else the driver, in one line. */
  private static String said(SQLException failure) {
    var text = failure.getMessage();
    if (failure instanceof PSQLException known) {
      var byServer = known.getServerErrorMessage();
      text = byServer == null ? text : byServer.getMessage();
    }
    return oneLine(text);
  }

  private static String deepest(Throwable failure) {
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

  private static <T extends Throwable> @Nullable T cause(Throwable failure, Class<T> type) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return type.cast(cause);
      }
    }
    return null;
  }

  private static String inWords(Duration duration) {
    return duration.toMillis() < 1_000
        ? duration.toMillis() + " ms"
        : "%.0f s".formatted(duration.toMillis() / 1_000.0);
  }
}
