package dev.parley.adapters.outbound.matrix;

import dev.parley.adapters.outbound.matrix.Homeserver.Call;
import dev.parley.adapters.outbound.support.Deadline;
import dev.parley.adapters.outbound.support.Health;
import dev.parley.adapters.outbound.support.NoAnswer;
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
import java.util.Locale;
import org.jmolecules.architecture.hexagonal.SecondaryAdapter;

/** Topics in the rooms of one homeserver, as one account sees them. */
@SecondaryAdapter
final class MatrixBackend implements Backend {

  private final MatrixSettings settings;
  private final Health health = new Health();
  private final Homeserver homeserver;
  private final Account account;
  private final Arrivals arrivals;
  private final Rooms rooms;
  private final Bridges bridges;
  private final EventReader reader;
  private final Posts posts;
  private final Tails tails;
  private final Faults faults;

  MatrixBackend(MatrixSettings settings, Self self) {
    this.settings = settings;
    this.faults = new Faults(settings, health);
    this.homeserver = new Homeserver(settings, health);
    this.account = new Account(homeserver, settings, self);
    this.arrivals = new Arrivals(account);
    this.rooms = new Rooms(settings, account, faults);
    this.bridges = new Bridges(settings, account);
    this.reader = new EventReader(bridges);
    this.posts =
        new Posts(rooms, account, new Members(account, bridges), faults, self, settings.timeout());
    this.tails = new Tails(rooms, account, reader, faults, settings.timeout());
  }

  @Override
  public MessageId post(Draft draft) {
    return posts.post(draft);
  }

  @Override
  public Page fetchRecent(TopicName topic, Window window) {
    var deadline = Deadline.in(settings.timeout());
    try {
      var room = rooms.find(topic, deadline);
      if (room.isEmpty()) {
        return Pages.withoutRoom(rooms.missing(topic, deadline), window);
      }
      return read(room.get(), window, deadline);
    } catch (NoAnswer noAnswer) {
      throw faults.of(noAnswer);
    }
  }

  private Page read(Room room, Window window, Deadline deadline) throws NoAnswer {
    try {
      return new Pages(account, arrivals, reader, room, deadline).read(window);
    } catch (Refused refused) {
      // The next call looks for the room again, which may have been closed or replaced.
      rooms.forget(room.topic());
      throw faults.inRoom(room, refused, "read");
    }
  }

  @Override
  public Subscription subscribe(TopicName topic, Feed feed) {
    return tails.subscribe(topic, feed);
  }

  /** The account of that name on the account's own homeserver, if there is one. */
  @Override
  public BackendIdentity resolveIdentity(Handle handle) {
    var deadline = Deadline.in(settings.timeout());
    try {
      var session = rooms.session(deadline);
      var userId =
          "@%s:%s".formatted(handle.value().toLowerCase(Locale.ROOT), session.serverName());
      account.ask(Call.get("/profile/" + Homeserver.encoded(userId)), deadline);
      return new BackendIdentity(handle, userId);
    } catch (NoAnswer noAnswer) {
      throw faults.of(noAnswer);
    } catch (Refused refused) {
      if (refused.isServerFault()) {
        throw faults.of(refused, "look up accounts");
      }
      return new BackendIdentity(handle, null);
    }
  }

  @Override
  public About about() {
    var session = account.known();
    return new About(
        "Matrix",
        health.version(),
        settings.host(),
        session == null ? null : session.userId(),
        MatrixPlugin.CONTENT_LIMIT,
        health.connectedSince(),
        health.lastFailure());
  }

  @Override
  public void close() {
    tails.close();
    homeserver.close();
  }
}
