package dev.parley.adapters.outbound.xmpp;

import dev.parley.adapters.outbound.support.Deadline;
import dev.parley.adapters.outbound.support.Health;
import dev.parley.domain.history.Page;
import dev.parley.domain.history.Window;
import dev.parley.domain.message.Draft;
import dev.parley.domain.message.MessageId;
import dev.parley.domain.participant.Handle;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.About;
import dev.parley.ports.outbound.Backend;
import dev.parley.ports.outbound.BackendIdentity;
import dev.parley.ports.outbound.Feed;
import dev.parley.ports.outbound.Self;
import dev.parley.ports.outbound.Subscription;
import org.jmolecules.architecture.hexagonal.SecondaryAdapter;

/** Topics in the rooms of one multi-user chat service, over one connection. */
@SecondaryAdapter
final class XmppBackend implements Backend {

  private final XmppSettings settings;
  private final Health health = new Health();
  private final Faults faults;
  private final Rooms rooms;
  private final Posts posts;

  XmppBackend(XmppSettings settings, Self self) {
    this.settings = settings;
    this.faults = new Faults(settings, health);
    this.rooms = new Rooms(settings, self, faults, health);
    this.posts = new Posts(rooms.link(), faults, self, settings.timeout());
    rooms.link().start();
  }

  @Override
  public MessageId post(Draft draft) {
    var id = posts.post(draft, rooms.of(draft.topic()));
    health.answered();
    return id;
  }

  @Override
  public Page fetchRecent(TopicName topic, Window window) {
    var room = rooms.of(topic);
    try {
      var page =
          rooms
              .link()
              .ask(
                  Deadline.in(settings.timeout()),
                  (session, deadline) -> page(session, room, window, deadline));
      health.answered();
      return page;
    } catch (Refused refused) {
      throw faults.of(refused, room.address());
    }
  }

  private Page page(Session session, Room room, Window window, Deadline deadline)
      throws Unanswered, Refused {
    rooms.entrance().checkService(session, deadline);
    var page = attributed(session, room, window, deadline);
    page.messages().forEach(room.recent()::add);
    return page;
  }

  /** A page with the senders that the room vouches for. */
  private Page attributed(Session session, Room room, Window window, Deadline deadline)
      throws Unanswered, Refused {
    var shown = showsAccounts(session, room, deadline);
    var page = read(session, room, window, shown, deadline);
    // Whoever made the room may have set it up, and have spoken, after we looked.
    return shown || page.messages().isEmpty() || !showsAccounts(session, room, deadline)
        ? page
        : read(session, room, window, true, deadline);
  }

  private Page read(
      Session session, Room room, Window window, boolean showsAccounts, Deadline deadline)
      throws Unanswered, Refused {
    var archive = new Archive(session, room.address(), deadline);
    var pages = new Pages(archive, room.reading(), room.changes(), showsAccounts);
    try {
      return pages.read(window);
    } catch (Refused refused) {
      if (room.membership().isPresent() || !refused.is("forbidden")) {
        throw refused;
      }
      // Some show their archive to occupants only; and who is not let in is told why.
      return new Pages(
              archive,
              room.reading(),
              room.changes(),
              room.enter(session, deadline).showsAccounts())
          .read(window);
    }
  }

  private boolean showsAccounts(Session session, Room room, Deadline deadline)
      throws Unanswered, Refused {
    var membership = room.membership();
    if (membership.isPresent()) {
      return membership.get().showsAccounts();
    }
    var state = rooms.entrance().look(session, room.address(), deadline);
    if (state.isPresent() && !state.get().hasArchive()) {
      throw faults.noArchive(room.address());
    }
    return state.isPresent() && state.get().showsAccounts();
  }

  @Override
  public Subscription subscribe(TopicName topic, Feed feed) {
    return rooms.subscribe(topic, feed);
  }

  /** Known of those who are in a room at this moment. */
  @Override
  public BackendIdentity resolveIdentity(Handle handle) {
    return new BackendIdentity(handle, rooms.account(handle).orElse(null));
  }

  @Override
  public About about() {
    return new About(
        "XMPP",
        health.version(),
        settings.place(),
        settings.account().toString(),
        XmppPlugin.CONTENT_LIMIT,
        health.connectedSince(),
        health.lastFailure());
  }

  @Override
  public void close() {
    rooms.close();
  }
}
