package dev.parley.adapters.outbound.xmpp;

import static dev.parley.adapters.outbound.xmpp.Namespaces.CLIENT;
import static dev.parley.adapters.outbound.xmpp.Namespaces.DELAY;
import static dev.parley.adapters.outbound.xmpp.Namespaces.FORWARD;
import static dev.parley.adapters.outbound.xmpp.Namespaces.MAM;

import dev.parley.adapters.outbound.support.Deadline;
import dev.parley.adapters.outbound.support.Timestamps;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smackx.mam.element.MamQueryIQ;
import org.jivesoftware.smackx.rsm.packet.RSMSet;
import org.jspecify.annotations.Nullable;

/** The archive of one room, read over one connection (XEP-0313, paged by XEP-0059). */
final class Archive {

  // Servers give fewer when they like.
  private static final int MOST = 250;

  private final Session session;
  private final RoomAddress room;
  private final Deadline deadline;

  Archive(Session session, RoomAddress room, Deadline deadline) {
    this.session = session;
    this.room = room;
    this.deadline = deadline;
  }

  /**
   * Consecutive stanzas of the archive.
   *
   * @param items in ascending order
   * @param complete whether there are no more in the direction of the query
   */
  record Stretch(List<Stored> items, boolean complete) {}

  /** The first stanzas. */
  Stretch first(int most) throws Unanswered, Refused {
    return query(null, null, most);
  }

  /** The first stanzas after an id. */
  Stretch after(String id, int most) throws Unanswered, Refused {
    return query(id, null, most);
  }

  /** The last stanzas before an id. */
  Stretch before(String id, int most) throws Unanswered, Refused {
    return query(null, id, most);
  }

  /** The last stanzas. */
  Stretch last(int most) throws Unanswered, Refused {
    return query(null, "", most);
  }

  private Stretch query(@Nullable String after, @Nullable String before, int most)
      throws Unanswered, Refused {
    var name = Session.newId();
    var query = new MamQueryIQ(name);
    query.setType(IQ.Type.set);
    query.setTo(room.jid());
    query.addExtension(new RSMSet(after, before, -1, -1, null, Math.min(most, MOST), null, -1));
    var found = Collections.synchronizedList(new ArrayList<Stored>());
    try (var _ = session.listenTo(name, result -> read(result).ifPresent(found::add))) {
      var answer = session.ask(query, deadline);
      var complete =
          answer.child("fin", MAM).map(fin -> fin.attribute("complete")).filter("true"::equals);
      return new Stretch(List.copyOf(found), complete.isPresent() || found.isEmpty());
    }
  }

  private Optional<Stored> read(Xml stanza) {
    if (!room.toString().equals(stanza.attribute("from"))) {
      return Optional.empty();
    }
    return stanza
        .child("result", MAM)
        .filter(result -> result.attribute("id") != null)
        .flatMap(result -> result.child("forwarded", FORWARD).flatMap(f -> stored(result, f)));
  }

  private static Optional<Stored> stored(Xml result, Xml forwarded) {
    return forwarded
        .child("message", CLIENT)
        .map(message ->
            new Stored(
                String.valueOf(result.attribute("id")),
                Timestamps.parse(
                    forwarded.child("delay", DELAY).map(d -> d.attribute("stamp")).orElse(null)),
                message));
  }
}
