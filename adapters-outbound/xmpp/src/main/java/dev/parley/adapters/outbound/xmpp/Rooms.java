package dev.parley.adapters.outbound.xmpp;

import dev.parley.adapters.outbound.support.Deadline;
import dev.parley.adapters.outbound.support.Health;
import dev.parley.domain.participant.Handle;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.outbound.Feed;
import dev.parley.ports.outbound.Self;
import dev.parley.ports.outbound.Subscription;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jxmpp.jid.parts.Resourcepart;

/** The rooms of all topics that were asked for, on one connection. */
final class Rooms implements Session.Listener, AutoCloseable {

  private static final Duration FAREWELL = Duration.ofSeconds(1);

  private final XmppSettings settings;
  private final Self self;
  private final Authors authors;
  private final Faults faults;
  private final Entrance entrance;
  private final Link link;
  private final Map<String, Room> rooms = new ConcurrentHashMap<>();
  private final Map<Room, Listened> listened = new HashMap<>();
  private boolean closed;

  /** Who listens to a room. */
  private static final class Listened {
    private final Follower follower;
    private int feeds;

    Listened(Follower follower) {
      this.follower = follower;
    }
  }

  Rooms(XmppSettings settings, Self self, Faults faults, Health health) {
    this.settings = settings;
    this.self = self;
    this.faults = faults;
    this.authors = new Authors(settings);
    this.entrance = new Entrance(settings, faults);
    this.link = new Link(settings, this, faults, health);
  }

  Link link() {
    return link;
  }

  Entrance entrance() {
    return entrance;
  }

  /** The room of a topic, whether it is there yet or not. */
  Room of(TopicName topic) {
    var address = RoomAddress.of(topic, settings);
    var room =
        rooms.computeIfAbsent(
            address.toString(),
            _ ->
                new Room(
                    address,
                    new Reading(address, authors, self.handle()),
                    entrance,
                    faults,
                    nick()));
    if (!room.address().topic().equals(topic)) {
      throw faults.foreignRoom(address, room.address().topic().value());
    }
    return room;
  }

  private Resourcepart nick() {
    var nick = settings.nick();
    return nick == null ? Resourcepart.fromOrThrowUnchecked(self.handle().value()) : nick;
  }

  Subscription subscribe(TopicName topic, Feed feed) {
    var room = of(topic);
    synchronized (listened) {
      if (closed) {
        throw faults.closed();
      }
      var subscription = room.feeds().attach(topic, feed);
      var by = listened.get(room);
      if (by == null) {
        by = new Listened(new Follower(room, link, faults, settings.timeout()));
        listened.put(room, by);
        by.follower.start();
      }
      by.feeds++;
      var open = new AtomicBoolean(true);
      return () -> {
        subscription.close();
        if (open.getAndSet(false)) {
          released(room);
        }
      };
    }
  }

  private void released(Room room) {
    synchronized (listened) {
      var by = listened.get(room);
      if (by != null && --by.feeds == 0) {
        listened.remove(room);
        by.follower.end();
      }
    }
  }

  /** The account of whoever goes by this name in a room that we are in. */
  Optional<String> account(Handle handle) {
    return rooms.values().stream()
        .flatMap(room -> room.membership().stream())
        .flatMap(membership -> membership.occupants().named(handle.value()).stream())
        .findFirst();
  }

  @Override
  public void received(Session session, Xml stanza) {
    var from = stanza.attribute("from");
    if (from != null) {
      var slash = from.indexOf('/');
      var room = rooms.get(slash < 0 ? from : from.substring(0, slash));
      if (room != null) {
        room.received(session, stanza);
      }
    }
  }

  @Override
  public void interrupted(Session session) {
    rooms.values().forEach(room -> room.down(faults.disconnected()));
  }

  @Override
  public void resumed(Session session) {
    rooms.values().forEach(room -> room.resumed(session));
  }

  @Override
  public void lost(Session session) {
    rooms.values().forEach(room -> room.lost(session));
  }

  /** Ends every feed, and the connection. */
  @Override
  public void close() {
    List<Listened> last;
    synchronized (listened) {
      closed = true;
      last = List.copyOf(listened.values());
      listened.clear();
    }
    last.forEach(by -> by.follower.end());
    rooms.values().forEach(room -> room.feeds().close());
    link.close();
    var deadline = Deadline.in(FAREWELL);
    try {
      for (var by : last) {
        by.follower.join(deadline.left());
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
