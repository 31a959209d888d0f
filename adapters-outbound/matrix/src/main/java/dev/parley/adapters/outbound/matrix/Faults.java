package dev.parley.adapters.outbound.matrix;

import dev.parley.adapters.outbound.support.Health;
import dev.parley.adapters.outbound.support.NoAnswer;
import dev.parley.adapters.outbound.support.Reason;
import dev.parley.ports.BackendException;
import dev.parley.ports.BackendException.AccessDenied;
import dev.parley.ports.BackendException.Misconfigured;
import dev.parley.ports.BackendException.OutcomeUnknown;
import dev.parley.ports.BackendException.Unavailable;
import java.net.http.HttpConnectTimeoutException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Says what went wrong with the homeserver in words that name it and the remedy. */
final class Faults {

  private final MatrixSettings settings;
  private final Health health;

  Faults(MatrixSettings settings, Health health) {
    this.settings = settings;
    this.health = health;
  }

  /** No answer came to a request that changes nothing, or that was surely not done. */
  BackendException of(NoAnswer noAnswer) {
    for (var cause = noAnswer.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof SSLException) {
        return new Misconfigured(
            "TLS with the homeserver at %s fails (%s): check its certificate, which the JDK has to trust, and https in homeserver_url"
                .formatted(settings.host(), Reason.of(cause)),
            noAnswer);
      }
    }
    if (noAnswer.getCause() instanceof TimeoutException) {
      return unavailable(
          "did not answer in time: check its load, and that homeserver_url names it", noAnswer);
    }
    if (settings.encrypted() && noAnswer.getCause() instanceof HttpConnectTimeoutException) {
      return unavailable(
          "lets no TLS connection come about: check that it is up, and that it speaks TLS there as"
              + " homeserver_url says",
          noAnswer);
    }
    return unavailable(
        "cannot be reached (%s): check that it is up, and that homeserver_url names it"
            .formatted(Reason.of(noAnswer)),
        noAnswer);
  }

  /**
   * A refusal that has nothing to do with one room.
   *
   * @param what what was asked for, as in "refuses to ..."
   */
  BackendException of(Refused refused, String what) {
    if (refused.is(Refused.UNKNOWN_TOKEN) || refused.is(Refused.MISSING_TOKEN)) {
      return new AccessDenied(
          "the homeserver at %s does not know the session (%s): log in again and renew access_token, or set user and password"
              .formatted(settings.host(), refused.words()),
          refused);
    }
    if (refused.isServerFault()) {
      return unavailable(
          "answers with %s: look into its log, or that of the proxy before it"
              .formatted(refused.words()),
          refused);
    }
    if (!refused.isOfMatrix()) {
      return notMatrix(refused);
    }
    return new AccessDenied(
        "the homeserver at %s refuses to %s (%s): give the account what that takes"
            .formatted(settings.host(), what, refused.words()),
        refused);
  }

  private BackendException notMatrix(Refused refused) {
    return new Misconfigured(
        "what answers at %s is no Matrix homeserver (%s): correct homeserver_url, to which /_matrix/client is added"
            .formatted(settings.host(), refused.words()),
        refused);
  }

  /** No session could be begun. */
  BackendException ofLogin(Refused refused) {
    if (settings.credentials() instanceof Credentials.UserAndPassword(var user, var _)
        && refused.isOfMatrix()
        && !refused.isServerFault()) {
      return new AccessDenied(
          "the homeserver at %s refuses a login as '%s' (%s): check user and password, or set access_token where passwords are not taken"
              .formatted(settings.host(), user, refused.words()),
          refused);
    }
    return of(refused, "begin a session");
  }

  /** The account may not enter a room. */
  BackendException notAdmitted(String room, @Nullable String account, Refused refused) {
    if (refused.status() == 404) {
      return new Misconfigured(
          "nobody is in the room %s, so nobody can enter it (%s): where room_map names it, correct room_map; else delete its alias on the homeserver, and Parley makes the room anew"
              .formatted(room, refused.words()),
          refused);
    }
    return new AccessDenied(
        "the room %s does not let %s in (%s): invite that account there, or map the topic to another room in room_map"
            .formatted(room, account == null ? "the account" : account, refused.words()),
        refused);
  }

  /** A room of the room_map does not exist. */
  BackendException noSuchRoom(String topic, String room) {
    return new Misconfigured(
        "room_map names the room %s for the topic '%s', and the homeserver at %s knows no such room: create it, or correct room_map"
            .formatted(room, shortened(topic), settings.host()));
  }

  /** A room could not be made. */
  BackendException notCreated(String alias, Refused refused) {
    if (refused.isServerFault() || !refused.isOfMatrix()) {
      return of(refused, "create rooms");
    }
    return new AccessDenied(
        "the homeserver at %s refuses to create the room %s (%s): allow the account to create rooms, correct invite, or create the room yourself and name it in room_map"
            .formatted(settings.host(), alias, refused.words()),
        refused);
  }

  /** A room that was there a moment ago is not there any more. */
  BackendException goneAgain(String alias) {
    return new Unavailable(
        "the room %s was made by somebody else and is gone again: try again".formatted(alias),
        null,
        null);
  }

  /** Messages of a room cannot be read without keys that Parley does not have. */
  BackendException encrypted(String room) {
    return new Misconfigured(
        "the room %s is encrypted, and Parley does not encrypt: use a room without encryption, by room_map or under a topic of another name"
            .formatted(room));
  }

  /** Something in a room is not permitted. */
  BackendException inRoom(Room room, Refused refused, String what) {
    if (refused.is(Refused.FORBIDDEN)) {
      return new AccessDenied(
          "the account may not %s in the room %s (%s): let it in there, and give it the power level for that"
              .formatted(what, room.name(), refused.words()),
          refused);
    }
    return of(refused, what);
  }

  /** A post of which nobody knows what became. */
  BackendException outcomeUnknown(@Nullable Throwable why) {
    return new OutcomeUnknown(
        "the homeserver at %s did not confirm the post: whether it was stored is unknown, so look into the topic before posting it again"
            .formatted(settings.host()),
        why);
  }

  BackendException closed() {
    return new Unavailable(
        "the connection to the homeserver at %s was closed".formatted(settings.host()), null, null);
  }

  private Unavailable unavailable(String predicate, Throwable cause) {
    var fault =
        new Unavailable(
            "the homeserver at %s %s".formatted(settings.host(), predicate),
            health.failingSince(),
            cause);
    health.failed(fault.getMessage());
    return fault;
  }

  private static String shortened(String name) {
    return name.length() > 80 ? name.substring(0, 80) + "..." : name;
  }
}
