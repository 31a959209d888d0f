package dev.parley.adapters.outbound.xmpp;

import static dev.parley.adapters.outbound.xmpp.Namespaces.DATA_FORMS;
import static dev.parley.adapters.outbound.xmpp.Namespaces.DISCO_INFO;
import static dev.parley.adapters.outbound.xmpp.Namespaces.MUC;
import static dev.parley.adapters.outbound.xmpp.Namespaces.MUC_CONFIG;
import static dev.parley.adapters.outbound.xmpp.Namespaces.MUC_OWNER;
import static dev.parley.adapters.outbound.xmpp.Namespaces.MUC_USER;

import dev.parley.adapters.outbound.support.Deadline;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jivesoftware.smack.packet.Presence;
import org.jivesoftware.smack.packet.StandardExtensionElement;
import org.jivesoftware.smack.packet.StanzaBuilder;
import org.jivesoftware.smackx.muc.packet.MUCInitialPresence;
import org.jspecify.annotations.Nullable;
import org.jxmpp.jid.parts.Resourcepart;

/** What is said to a rooms' service and a room before one is in it (XEP-0045). */
final class Entrance {

  private final XmppSettings settings;
  private final Faults faults;
  private volatile @Nullable Session served;

  Entrance(XmppSettings settings, Faults faults) {
    this.settings = settings;
    this.faults = faults;
  }

  /** Sees to it that there is a service with rooms, once for each connection. */
  void checkService(Session session, Deadline deadline) throws Unanswered {
    if (session.equals(served)) {
      return;
    }
    try {
      var answer = session.ask(Request.get(settings.mucService(), "query", DISCO_INFO), deadline);
      if (!RoomState.read(answer).features().contains(MUC)) {
        throw faults.notMuc();
      }
      served = session;
    } catch (Refused refused) {
      throw faults.noMuc(refused);
    }
  }

  /** What a room says of itself; empty when there is none. */
  Optional<RoomState> look(Session session, RoomAddress room, Deadline deadline)
      throws Unanswered, Refused {
    try {
      var answer = session.ask(Request.get(room.jid(), "query", DISCO_INFO), deadline);
      return Optional.of(checked(RoomState.read(answer), room));
    } catch (Refused refused) {
      if (refused.is("item-not-found")) {
        return Optional.empty();
      }
      throw refused;
    }
  }

  private RoomState checked(RoomState state, RoomAddress room) {
    var owner = state.owner();
    if (owner != null && !owner.equals(room.topic().value())) {
      throw faults.foreignRoom(room, owner);
    }
    return state;
  }

  /** Asks to be let in, without what was said before. */
  static Presence presence(RoomAddress room, Resourcepart nick) {
    return StanzaBuilder.buildPresence(Session.newId())
        .to(room.occupant(nick))
        .addExtension(new MUCInitialPresence(null, -1, 0, -1, null))
        .build();
  }

  /** Whether this presence, our own, says that the room was made by our entering it. */
  static boolean isMade(Xml presence) {
    return presence.all("x", MUC_USER).stream()
        .flatMap(x -> x.all("status", MUC_USER).stream())
        .anyMatch(status -> "201".equals(status.attribute("code")));
  }

  /** Sets up a room that was just made, as far as the server has such settings. */
  RoomState setUp(Session session, RoomAddress room, Deadline deadline) throws Unanswered, Refused {
    var form = session.ask(Request.get(room.jid(), "query", MUC_OWNER), deadline);
    var known =
        form.child("query", MUC_OWNER).stream()
            .flatMap(query -> query.all("x", DATA_FORMS).stream())
            .flatMap(x -> x.all("field", DATA_FORMS).stream())
            .map(field -> String.valueOf(field.attribute("var")))
            .collect(Collectors.toUnmodifiableSet());
    var _ =
        session.ask(Request.set(room.jid(), "query", MUC_OWNER, submission(room, known)), deadline);
    return look(session, room, deadline).orElseGet(RoomState::none);
  }

  private static StandardExtensionElement submission(RoomAddress room, Set<String> known) {
    var wanted = new LinkedHashMap<String, String>();
    wanted.put("muc#roomconfig_roomname", room.topic().value());
    wanted.put("muc#roomconfig_roomdesc", RoomState.description(room.topic().value()));
    wanted.put("muc#roomconfig_persistentroom", "1");
    // Prosody's name of it, and ejabberd's.
    wanted.put("muc#roomconfig_enablearchiving", "1");
    wanted.put("mam", "1");
    // Or nobody could tell who is an agent.
    wanted.put("muc#roomconfig_whois", "anyone");
    var form = Request.builder("x", DATA_FORMS, "type", "submit");
    form.addElement(field("FORM_TYPE", MUC_CONFIG));
    for (Map.Entry<String, String> setting : wanted.entrySet()) {
      if (known.contains(setting.getKey())) {
        form.addElement(field(setting.getKey(), setting.getValue()));
      }
    }
    return form.build();
  }

  private static StandardExtensionElement field(String name, String value) {
    return Request.builder("field", DATA_FORMS, "var", name).addElement("value", value).build();
  }
}
