package dev.parley.adapters.outbound.xmpp;

import dev.parley.adapters.outbound.support.TopicFold;
import dev.parley.domain.topic.TopicName;
import org.jxmpp.jid.EntityBareJid;
import org.jxmpp.jid.EntityFullJid;
import org.jxmpp.jid.impl.JidCreate;
import org.jxmpp.jid.parts.Localpart;
import org.jxmpp.jid.parts.Resourcepart;
import org.jxmpp.stringprep.XmppStringprepException;

/** The room of a topic. */
record RoomAddress(TopicName topic, EntityBareJid jid) {

  // Addresses do not know upper case.
  private static final TopicFold FOLD =
      new TopicFold(
          c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.',
          128);

  static RoomAddress of(TopicName topic, XmppSettings settings) {
    try {
      var room = Localpart.from(settings.roomPrefix() + FOLD.of(topic));
      return new RoomAddress(topic, JidCreate.entityBareFrom(room, settings.mucService()));
    } catch (XmppStringprepException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Somebody in the room, by the name that is shown there. */
  EntityFullJid occupant(Resourcepart nick) {
    return JidCreate.entityFullFrom(jid, nick);
  }

  @Override
  public String toString() {
    return jid.toString();
  }
}
