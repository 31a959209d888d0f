package dev.parley.adapters.outbound.xmpp;

import dev.parley.adapters.outbound.support.Health;
import dev.parley.ports.BackendException;
import dev.parley.ports.BackendException.AccessDenied;
import dev.parley.ports.BackendException.ContentRejected;
import dev.parley.ports.BackendException.Misconfigured;
import dev.parley.ports.BackendException.OutcomeUnknown;
import dev.parley.ports.BackendException.Unavailable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Says what went wrong with the server in words that name it and the remedy; never a secret. */
final class Faults {

  private final XmppSettings settings;
  private final Health health;

  Faults(XmppSettings settings, Health health) {
    this.settings = settings;
    this.health = health;
  }

  /** Why no connection could be made. */
  BackendException ofConnecting(Exception failure) {
    return new ConnectingFaults(settings, health).of(failure);
  }

  private Unavailable unavailable(String predicate, @Nullable Throwable cause) {
    return new Unavailable(
        "the XMPP server at %s %s".formatted(settings.server(), predicate),
        health.failingSince(),
        cause);
  }

  /** An earlier fault, for one more caller. */
  BackendException again(BackendException fault) {
    return fault instanceof Unavailable
        ? new Unavailable(String.valueOf(fault.getMessage()), health.failingSince(), fault)
        : fault;
  }

  /** The connection was there and is gone. */
  String lost() {
    return "the connection to the XMPP server at %s was lost".formatted(settings.server());
  }

  BackendException disconnected() {
    return new Unavailable(lost() + " and is being made again", health.failingSince(), null);
  }

  /** No connection came up within the request timeout. */
  BackendException noConnection() {
    return unavailable(
        "could not be connected to within %s: check that it is up, and that service names it"
            .formatted(inWords(settings.timeout())),
        null);
  }

  BackendException closed() {
    return new Unavailable(
        "the connection to the XMPP server at %s was closed".formatted(settings.server()),
        null,
        null);
  }

  BackendException interrupted() {
    return new Unavailable(
        "the request to the XMPP server at %s was cancelled".formatted(settings.server()),
        null,
        null);
  }

  /** The room no longer has us. */
  BackendException putOut(RoomAddress room) {
    return new Unavailable(
        "the room %s put the account out, or was restarted, and is being entered again"
            .formatted(room),
        health.failingSince(),
        null);
  }

  /** A request that changes nothing got no answer. */
  BackendException of(Unanswered unanswered) {
    return switch (unanswered.why()) {
      case INTERRUPTED -> interrupted();
      case NOT_SENT, CONNECTION_LOST -> disconnected();
      case TOO_LATE -> {
        var fault =
            unavailable(
                "did not answer within %s: check its load, and that of the rooms' service"
                    .formatted(inWords(settings.timeout())),
                null);
        health.failed(fault.getMessage());
        yield fault;
      }
    };
  }

  /** A post of which nobody knows what became. */
  BackendException outcomeUnknown(@Nullable Exception why) {
    return new OutcomeUnknown(
        "the XMPP server at %s did not confirm the post: whether it was stored is unknown, so look into the topic before posting it again"
            .formatted(settings.server()),
        why);
  }

  /** The service with the rooms is not there. */
  BackendException noMuc(Refused refused) {
    return new Misconfigured(
        "there is no multi-user chat at %s (%s): enable it in the server (a MUC component), or correct muc_service"
            .formatted(settings.mucService(), refused.inWords()),
        refused);
  }

  /** What answers at the address is something else. */
  BackendException notMuc() {
    return new Misconfigured(
        "%s is no service for multi-user chat: correct muc_service (often conference.%s)"
            .formatted(settings.mucService(), settings.domain()));
  }

  /** The room keeps no archive. */
  BackendException noArchive(RoomAddress room) {
    return new Misconfigured(
        "the room %s keeps no archive that can be read (XEP-0313, MAM): enable it in the server (Prosody: muc_mam, ejabberd: mod_mam) and in the room's configuration"
            .formatted(room));
  }

  /** The room is another topic's. */
  BackendException foreignRoom(RoomAddress room, String owner) {
    return new Misconfigured(
        "the room %s belongs to the topic '%s', as its description says, and cannot hold '%s' as well: use another topic name, or correct that description"
            .formatted(room, shortened(owner), shortened(room.topic().value())));
  }

  /** The room does not let us in, or is locked. */
  BackendException ofEntering(Refused refused, RoomAddress room) {
    return refused.is("item-not-found")
        ? unavailable(
            "keeps the room %s locked (%s): whoever made it has yet to set it up, for which Prosody waits five minutes; try again, or let its owner do that"
                .formatted(room, refused.inWords()),
            refused)
        : of(refused, room);
  }

  /** The room does not let us in, or refuses what we asked. */
  BackendException of(Refused refused, RoomAddress room) {
    return switch (refused.condition()) {
      case "registration-required" ->
          denied(room, refused, "is for members only", "make %s a member of it");
      case "forbidden" ->
          denied(
              room,
              refused,
              "does not let the account in, or does not let it make the room",
              "lift the ban of %s, or allow it to make rooms, or make the room yourself");
      case "not-allowed" ->
          denied(
              room,
              refused,
              "does not exist and the account may not make it",
              "allow %s to make rooms, or make the room yourself");
      case "not-authorized" ->
          denied(room, refused, "wants a password", "remove its password, so that %s can enter");
      case "conflict" ->
          denied(
              room,
              refused,
              "has every nick taken that was tried",
              "set nick to a name that is free for %s");
      case "gone" ->
          denied(
              room,
              refused,
              "was destroyed and its name is blocked for now",
              "use another topic name, or let the server's administrator unblock it for %s");
      case "feature-not-implemented", "service-unavailable" -> noArchive(room);
      case "resource-constraint", "policy-violation" ->
          unavailable(
              "holds back what concerns %s (%s): slow down, or raise its limits"
                  .formatted(room, refused.inWords()),
              refused);
      default ->
          unavailable(
              "refuses a request about %s (%s)".formatted(room, refused.inWords()), refused);
    };
  }

  private AccessDenied denied(RoomAddress room, Refused refused, String what, String remedy) {
    return new AccessDenied(
        "the room %s %s (%s): %s"
            .formatted(room, what, refused.inWords(), remedy.formatted(settings.account())),
        refused);
  }

  /** A message that the room did not take. */
  BackendException ofPost(Refused refused, RoomAddress room) {
    return switch (refused.condition()) {
      case "forbidden" ->
          denied(
              room,
              refused,
              "is moderated and gives the account no voice",
              "grant %s a voice, or make it a member");
      case "not-allowed", "bad-request" ->
          new ContentRejected(
              "the room %s does not take this message (%s); nothing was posted: change it"
                  .formatted(room, refused.inWords()));
      default -> of(refused, room);
    };
  }

  private static String shortened(String name) {
    return name.length() > 80 ? name.substring(0, 80) + "..." : name;
  }

  private static String inWords(Duration duration) {
    return duration.toMillis() < 1_000
        ? duration.toMillis() + " ms"
        : "%.0f s".formatted(duration.toMillis() / 1_000.0);
  }
}
