package dev.parley.adapters.outbound.xmpp;

import static dev.parley.adapters.outbound.xmpp.Namespaces.VERSION;

import dev.parley.adapters.outbound.support.Deadline;
import dev.parley.adapters.outbound.support.Health;
import dev.parley.domain.participant.Handle;
import dev.parley.domain.participant.InstanceId;
import dev.parley.domain.participant.Sender;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.BackendException;
import dev.parley.ports.outbound.Finding;
import dev.parley.ports.outbound.Self;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@code doctor} says about an account: logs in, and makes a room of its own to see whether it
 * can, which it destroys again.
 */
final class Diagnosis {

  private static final String REMEDY = "put that right and run `parley doctor` again";

  private final XmppSettings settings;
  private final Faults faults;
  private final Rooms rooms;
  private final List<Finding> findings = new ArrayList<>();

  Diagnosis(XmppSettings settings) {
    this.settings = settings;
    var health = new Health();
    this.faults = new Faults(settings, health);
    var self =
        new Self(
            new Handle("parley-doctor"),
            Sender.Kind.AGENT,
            new InstanceId("doctor"),
            Path.of("unused"));
    this.rooms = new Rooms(settings, self, faults, health);
  }

  /** Makes the checks, in an order in which a later one needs the earlier ones. */
  List<Finding> findings() {
    try (rooms) {
      rooms.link().start();
      var session = rooms.link().session(deadline());
      checkConnection(session);
      rooms.entrance().checkService(session, deadline());
      findings.add(Finding.ok("rooms", "%s has rooms".formatted(settings.mucService())));
      checkRoom(session);
    } catch (BackendException fault) {
      problem(findings.isEmpty() ? "connects" : "rooms", fault);
    } catch (Unanswered unanswered) {
      problem("rooms", faults.of(unanswered));
    }
    return List.copyOf(findings);
  }

  private Deadline deadline() {
    return Deadline.in(settings.timeout());
  }

  private void checkConnection(Session session) throws Unanswered {
    findings.add(
        Finding.ok(
            "connects",
            "%s at %s as %s".formatted(version(session), settings.server(), session.account())));
    var service = settings.service();
    findings.add(
        session.isEncrypted()
            ? Finding.ok("encryption", "the connection is encrypted")
            : service != null && service.isLoopback()
                ? Finding.ok("encryption", "none, on this machine alone")
                : Finding.warning(
                    "encryption",
                    "all messages cross the network in the clear",
                    "give the server a certificate, and set tls: required here"));
    findings.add(
        session.isResumable()
            ? Finding.ok("stream management", "a connection that breaks goes on where it was")
            : Finding.warning(
                "stream management",
                "a connection that breaks is made anew: agents leave their rooms for a moment, and"
                    + " what became of a post under way is not known",
                "load smacks (Prosody) or mod_stream_mgmt (ejabberd), with resumption"));
    findings.add(
        Finding.ok(
            "agents",
            "who posts with one of these accounts is an agent: %s"
                .formatted(
                    String.join(
                        ", ",
                        settings.bridgeAccounts().stream()
                            .map(Object::toString)
                            .sorted()
                            .toList()))));
  }

  private String version(Session session) throws Unanswered {
    try {
      var answer =
          session
              .ask(Request.get(settings.domain(), "query", VERSION), deadline())
              .child("query", VERSION);
      return "%s %s"
          .formatted(
              answer.flatMap(query -> query.child("name")).map(Xml::text).orElse("an XMPP server"),
              answer.flatMap(query -> query.child("version")).map(Xml::text).orElse(""))
          .strip();
    } catch (Refused _) {
      return "an XMPP server";
    }
  }

  private void checkRoom(Session session) throws Unanswered {
    var room = rooms.of(new TopicName("parley-doctor-" + Session.newId()));
    try {
      var membership = room.enter(session, deadline());
      findings.add(Finding.ok("room", "the account may make rooms, and has an archive in them"));
      findings.add(
          membership.state().showsAccounts()
              ? Finding.ok("accounts", "a room shows who is behind a nick")
              : Finding.warning(
                  "accounts",
                  "rooms hide who is behind a nick, so that no sender can be vouched for",
                  "let the service make rooms in which anyone sees addresses (whois: anyone)"));
      findings.add(
          membership.state().isPersistent()
              ? Finding.ok("persistence", "a room outlives its last occupant")
              : Finding.warning(
                  "persistence",
                  "a room is gone with its history when the last one leaves",
                  "allow the account to make persistent rooms"));
      destroy(session, room.address());
    } catch (Refused refused) {
      problem("room", faults.ofEntering(refused, room.address()));
    } catch (BackendException fault) {
      problem("room", fault);
      destroy(session, room.address());
    }
  }

  private void destroy(Session session, RoomAddress room) throws Unanswered {
    try {
      var _ =
          session.ask(
              Request.set(
                  room.jid(),
                  "query",
                  Namespaces.MUC_OWNER,
                  Request.element("destroy", Namespaces.MUC_OWNER)),
              deadline());
    } catch (Refused refused) {
      findings.add(
          Finding.warning(
              "room",
              "the room %s, made to see whether that works, is still there (%s)"
                  .formatted(room, refused.inWords()),
              "destroy it"));
    }
  }

  private void problem(String check, BackendException fault) {
    findings.add(Finding.problem(check, String.valueOf(fault.getMessage()), REMEDY));
  }
}
