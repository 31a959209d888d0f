package dev.parley.adapters.outbound.postgres;

import dev.parley.adapters.outbound.support.Health;
import dev.parley.ports.BackendException;
import dev.parley.ports.BackendException.AccessDenied;
import dev.parley.ports.BackendException.ContentRejected;
import dev.parley.ports.BackendException.Misconfigured;
import dev.parley.ports.BackendException.OutcomeUnknown;
import dev.parley.ports.BackendException.Unavailable;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Says what went wrong with the database in words that name its place and the remedy. */
final class Faults {

  private final String place;
  private final String table;
  private final Duration timeout;
  private final Health health;
  private final Refusals refusals;

  Faults(PostgresSettings settings, Health health) {
    this.refusals = new Refusals(settings.url(), health);
    this.place = settings.url().place();
    this.table = settings.table();
    this.timeout = settings.timeout();
    this.health = health;
  }

  /** Whether tables, columns or indexes of ours are not there, so that nothing was done. */
  static boolean isOfMissingTables(SQLException failure) {
    return switch (Reasons.state(failure)) {
      case "42P01", "42703", "42P10" -> true;
      default -> false;
    };
  }

  /** Whether a failure concerns the data of a statement, not the database. */
  static boolean isOfData(SQLException failure) {
    return Reasons.state(failure).startsWith("22") || Reasons.state(failure).startsWith("23");
  }

  /**
   * Whether a statement that failed so may have been committed all the same: the answer was lost,
   * or the server ended the session, which it may do after the commit, too.
   */
  static boolean leavesCommitOpen(SQLException failure) {
    var state = Reasons.state(failure);
    return state.isEmpty() || state.startsWith("08") || state.startsWith("57P");
  }

  /** Whether the connection is gone, as it is after an outage that is over. */
  static boolean isOfConnection(SQLException failure) {
    return leavesCommitOpen(failure);
  }

  /** Why no connection can be made. */
  BackendException unreachable(SQLException refusal) {
    return noted(refusals.of(refusal));
  }

  /** Why an operation failed, of which nothing was done. */
  BackendException of(SQLException failure) {
    return noted(translate(failure));
  }

  private BackendException translate(SQLException failure) {
    var state = Reasons.state(failure);
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
                  .formatted(table, place, Reasons.said(failure)),
              failure);
      case "53100" -> unavailable("the disk of the server at %s is full: free some space", failure);
      case "57P01", "57P02", "57P03" ->
          unavailable("the server at %s is stopping or starting: try again in a moment", failure);
      default ->
          unavailable(
              "the database at %s failed ("
                  + Reasons.said(failure).replace("%", "%%")
                  + "): see its log",
              failure);
    };
  }

  private BackendException forbidden(SQLException failure) {
    return new AccessDenied(
        "the role of Parley may not do this at %s (%s): let the owner of the table grant SELECT, INSERT and, for retention, DELETE"
            .formatted(place, Reasons.said(failure)),
        failure);
  }

  /** Why the tables cannot be made or completed. */
  BackendException notPrepared(SQLException failure) {
    if (!Reasons.state(failure).equals("42501")) {
      return of(failure);
    }
    return noted(
        new AccessDenied(
            "the role of Parley may not make or complete the table %s at %s (%s): grant it CREATE on the schema, or let the owner of the table start Parley once"
                .formatted(table, place, Reasons.said(failure)),
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

  private static String inWords(Duration duration) {
    return duration.toMillis() < 1_000
        ? duration.toMillis() + " ms"
        : "%.0f s".formatted(duration.toMillis() / 1_000.0);
  }
}
