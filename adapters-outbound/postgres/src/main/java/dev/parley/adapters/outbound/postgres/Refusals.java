package dev.parley.adapters.outbound.postgres;

import dev.parley.adapters.outbound.support.Health;
import dev.parley.ports.BackendException;
import dev.parley.ports.BackendException.AccessDenied;
import dev.parley.ports.BackendException.Misconfigured;
import dev.parley.ports.BackendException.Unavailable;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import javax.net.ssl.SSLException;
import org.postgresql.util.PSQLException;

/** Says why no connection can be made. */
final class Refusals {

  private final ConnectionUrl url;
  private final String place;
  private final Health health;

  Refusals(ConnectionUrl url, Health health) {
    this.url = url;
    this.place = url.place();
    this.health = health;
  }

  /** Says it. */
  BackendException of(SQLException refusal) {
    if (isOfEncryption(refusal)) {
      return new Misconfigured(
          "no encrypted connection to %s could be made (%s): check sslmode and sslrootcert, and whether the server has ssl on"
              .formatted(place, Reasons.deepest(refusal)),
          refusal);
    }
    return switch (Reasons.state(refusal)) {
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
    return Reasons.cause(refusal, SSLException.class) != null
        || (refusal instanceof PSQLException known
            && known.getServerErrorMessage() == null
            && String.valueOf(known.getMessage()).contains("SSL"));
  }

  private BackendException refused(SQLException refusal) {
    var user = url.get("user");
    return new AccessDenied(
        "the server at %s does not let %s in (%s): check user and password, and the server's pg_hba.conf"
            .formatted(
                place,
                user == null ? "this user" : "the user '" + user + "'",
                Reasons.said(refusal)),
        refusal);
  }

  private BackendException unreached(SQLException refusal) {
    if (Reasons.cause(refusal, UnknownHostException.class) != null) {
      return unavailable(
          "the host of %s is not known: correct url, or see to name resolution", refusal);
    }
    if (Reasons.cause(refusal, SocketTimeoutException.class) != null
        || Reasons.cause(refusal, NoRouteToHostException.class) != null) {
      return unavailable(
          "nothing answers at %s: check host and port in url, the network, and firewalls", refusal);
    }
    if (Reasons.cause(refusal, ConnectException.class) != null) {
      return unavailable(
          "no server listens at %s: start PostgreSQL there, or correct host and port in url",
          refusal);
    }
    if (Reasons.said(refusal).contains("targetServerType")) {
      return unavailable(
          "none of the servers at %s is of the kind that targetServerType in url asks for: start or"
              + " promote one, or correct url",
          refusal);
    }
    return unavailable(
        "no connection to %s can be made ("
            + Reasons.said(refusal).replace("%", "%%")
            + "): check that it is a PostgreSQL server and see its log",
        refusal);
  }

  private Unavailable unavailable(String message, SQLException failure) {
    return new Unavailable(message.formatted(place), health.failingSince(), failure);
  }
}
