package dev.parley.adapters.outbound.matrix;

import dev.parley.adapters.outbound.matrix.Homeserver.Call;
import dev.parley.adapters.outbound.support.Deadline;
import dev.parley.adapters.outbound.support.NoAnswer;
import dev.parley.adapters.outbound.support.TopicFold;
import dev.parley.domain.topic.TopicName;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The rooms of topics: found by their alias, entered, and created when they are missing. What was
 * found is remembered until it turns out to be gone.
 */
final class Rooms {

  private static final int ATTEMPTS_TO_JOIN = 4;
  private static final Duration PAUSE_BEFORE_JOINING = Duration.ofMillis(200);
  private static final int LONGEST_FOLD = 120;
  private static final TopicFold FOLD =
      new TopicFold(
          c -> c < 128 && (Character.isLetterOrDigit(c) || "._-".indexOf(c) >= 0), LONGEST_FOLD);

  private final MatrixSettings settings;
  private final Account account;
  private final Faults faults;
  private final RoomMaking making;
  private final Map<TopicName, Room> entered = new ConcurrentHashMap<>();
  private final Map<TopicName, ReentrantLock> creating = new ConcurrentHashMap<>();

  Rooms(MatrixSettings settings, Account account, Faults faults) {
    this.settings = settings;
    this.account = account;
    this.faults = faults;
    this.making = new RoomMaking(settings, account);
  }

  /** The room of a topic, entered; its place without a room where there is none yet. */
  Optional<Room> find(TopicName topic, Deadline deadline) throws NoAnswer {
    var known = entered.get(topic);
    if (known != null) {
      return Optional.of(known);
    }
    var session = session(deadline);
    var name = nameOf(topic, session);
    var id = idOf(topic, name, deadline);
    if (id.isEmpty()) {
      return Optional.empty();
    }
    var room = Room.of(topic, name, id.get());
    enter(room, session, deadline);
    refuseIfEncrypted(room, deadline);
    entered.put(topic, room);
    return Optional.of(room);
  }

  /** The room of a topic, entered, and created first where there is none yet. */
  Room findOrCreate(TopicName topic, Deadline deadline) throws NoAnswer {
    var known = findWhole(topic, deadline);
    if (known.isPresent()) {
      return known.get();
    }
    var turn = creating.computeIfAbsent(topic, _ -> new ReentrantLock());
    turn.lock();
    try {
      var meanwhile = findWhole(topic, deadline);
      return meanwhile.isPresent() ? meanwhile.get() : create(topic, deadline);
    } finally {
      turn.unlock();
    }
  }

  /** The room of a topic, unless making it is still under way. */
  private Optional<Room> findWhole(TopicName topic, Deadline deadline) throws NoAnswer {
    return making.hasBegun(topic) ? Optional.empty() : find(topic, deadline);
  }

  /** The place of a topic while it has no room. */
  Room missing(TopicName topic, Deadline deadline) throws NoAnswer {
    return Room.missing(topic, nameOf(topic, session(deadline)));
  }

  /** What was remembered of a topic's room turned out to be wrong. */
  void forget(TopicName topic) {
    entered.remove(topic);
  }

  /** The session, with a failed login said in words. */
  Session session(Deadline deadline) throws NoAnswer {
    try {
      return account.session(deadline);
    } catch (Refused refused) {
      throw faults.ofLogin(refused);
    }
  }

  private String nameOf(TopicName topic, Session session) {
    var mapped = settings.roomMap().get(topic.value());
    return mapped != null ? mapped : "#%s:%s".formatted(localAlias(topic), serverName(session));
  }

  String localAlias(TopicName topic) {
    return settings.aliasPrefix() + FOLD.of(topic);
  }

  private String serverName(Session session) {
    var given = settings.serverName();
    return given == null ? session.serverName() : given;
  }

  private Optional<String> idOf(TopicName topic, String name, Deadline deadline) throws NoAnswer {
    if (name.startsWith("!")) {
      return Optional.of(name);
    }
    try {
      var call = Call.get("/directory/room/" + Homeserver.encoded(name));
      return Optional.of(account.ask(call, deadline).path("room_id").asText());
    } catch (Refused refused) {
      if (!refused.is(Refused.NOT_FOUND)) {
        throw faults.of(refused, "look up the room " + name);
      }
      if (settings.roomMap().containsKey(topic.value())) {
        throw faults.noSuchRoom(topic.value(), name);
      }
      return Optional.empty();
    }
  }

  // Whoever is in a room already must not join again: homeservers limit how often one joins.
  private void enter(Room room, Session session, Deadline deadline) throws NoAnswer {
    try {
      var member = room.path() + "/state/m.room.member/" + Homeserver.encoded(session.userId());
      if (account.ask(Call.get(member), deadline).path("membership").asText().equals("join")) {
        return;
      }
    } catch (Refused notInside) {
      if (notInside.isServerFault()) {
        throw faults.of(notInside, "look into the room " + room.name());
      }
    }
    join(room, session, deadline);
  }

  // A room that is being made has its alias before it lets anybody in.
  private void join(Room room, Session session, Deadline deadline) throws NoAnswer {
    var target = room.name().startsWith("#") ? room.name() : room.id();
    var call = Call.post("/join/" + Homeserver.encoded(target), Json.object());
    for (var attempt = 1; ; attempt++) {
      try {
        account.ask(call, deadline);
        return;
      } catch (Refused refused) {
        if (refused.isServerFault()) {
          throw faults.of(refused, "enter the room " + room.name());
        }
        if (attempt == ATTEMPTS_TO_JOIN || deadline.isOver()) {
          throw faults.notAdmitted(room.name(), session.userId(), refused);
        }
        LockSupport.parkNanos(PAUSE_BEFORE_JOINING.toNanos());
      }
    }
  }

  private void refuseIfEncrypted(Room room, Deadline deadline) throws NoAnswer {
    try {
      account.ask(Call.get(room.path() + "/state/m.room.encryption"), deadline);
    } catch (Refused refused) {
      if (refused.is(Refused.NOT_FOUND)) {
        return;
      }
      throw faults.inRoom(room, refused, "see the state of things");
    }
    throw faults.encrypted(room.name());
  }

  private Room create(TopicName topic, Deadline deadline) throws NoAnswer {
    var session = session(deadline);
    var name = nameOf(topic, session);
    try {
      var made = making.make(topic, name, session, deadline);
      if (made.isPresent()) {
        refuseIfEncrypted(made.get(), deadline);
        entered.put(topic, made.get());
        return made.get();
      }
      return find(topic, deadline).orElseThrow(() -> faults.goneAgain(name));
    } catch (Refused refused) {
      throw faults.notCreated(name, refused);
    }
  }
}
