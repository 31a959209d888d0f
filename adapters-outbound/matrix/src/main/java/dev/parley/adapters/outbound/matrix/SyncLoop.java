package dev.parley.adapters.outbound.matrix;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.adapters.outbound.matrix.Homeserver.Call;
import dev.parley.adapters.outbound.support.Backoff;
import dev.parley.adapters.outbound.support.Deadline;
import dev.parley.adapters.outbound.support.NoAnswer;
import dev.parley.ports.BackendException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The one long poll of this process, for all rooms it listens to. What a room shows when it is
 * first asked for may be old, so its feeds are told to read instead, and only what comes after is
 * handed over.
 */
final class SyncLoop implements AutoCloseable {

  private static final Duration LONGEST_POLL = Duration.ofSeconds(10);
  private static final Duration GRACE = Duration.ofSeconds(5);
  private static final Duration LONGEST_TRY = Duration.ofSeconds(3);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  // Five seconds after a homeserver is back push goes on; its first answers take their time.
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
  private static final int MOST_EVENTS = 100;
  // Replaced by another room, or encrypted from here on: to be looked at anew.
  private static final List<String> ENDS_OF_ROOMS =
      List.of("m.room.tombstone", "m.room.encryption");
  // Longer request lines than this are refused here and there; then all rooms are asked for.
  private static final int LONGEST_FILTER = 6_000;

  private final Tails tails;
  private final Account account;
  private final EventReader reader;
  private final Faults faults;
  private final Duration oneTry;
  private final Thread thread = Thread.ofVirtual().name("parley-matrix-sync").unstarted(this::run);
  private volatile boolean closed;

  private @Nullable String since;
  private Set<String> covered = Set.of();
  private boolean down;

  SyncLoop(Tails tails, Account account, EventReader reader, Faults faults, Duration timeout) {
    this.tails = tails;
    this.account = account;
    this.reader = reader;
    this.faults = faults;
    this.oneTry = timeout.compareTo(LONGEST_TRY) < 0 ? timeout : LONGEST_TRY;
  }

  /** Starts, unless it has started; by one thread at a time. */
  void start() {
    if (thread.getState() == Thread.State.NEW) {
      thread.start();
    }
  }

  /** Another room was entered: the poll that is waiting does not ask for it yet. */
  void wake() {
    thread.interrupt();
  }

  private void run() {
    var backoff = new Backoff(FIRST_PAUSE, LONGEST_PAUSE);
    while (!closed) {
      Thread.interrupted();
      var wanted = tails.entered();
      if (wanted.isEmpty()) {
        LockSupport.park(this);
        continue;
      }
      try {
        poll(wanted);
        backoff.reset();
      } catch (NoAnswer noAnswer) {
        if (!Thread.currentThread().isInterrupted()) {
          fail(faults.of(noAnswer), backoff);
        }
      } catch (Refused refused) {
        fail(faults.of(refused, "follow rooms"), backoff);
      } catch (BackendException fault) {
        fail(fault, backoff);
      }
    }
  }

  private void fail(BackendException fault, Backoff backoff) {
    down = true;
    if (!closed) {
      tails.all().forEach(tail -> tail.feeds().down(fault));
      LockSupport.parkNanos(backoff.next().toNanos());
    }
  }

  private void poll(Map<String, Tail> wanted) throws NoAnswer, Refused {
    var waits = since != null && !down && covered.containsAll(wanted.keySet());
    var poll = waits ? LONGEST_POLL : Duration.ZERO;
    var answer =
        account.ask(
            Call.get(path(wanted.keySet(), poll)),
            Deadline.in(waits ? LONGEST_POLL.plus(GRACE) : oneTry));
    var inside = new HashSet<String>();
    wanted.forEach((roomId, tail) -> {
      if (handOver(roomId, tail, answer.path("rooms"))) {
        inside.add(roomId);
      } else {
        tails.left(tail);
      }
    });
    since = answer.path("next_batch").asText();
    covered = inside;
    down = false;
  }

  private String path(Set<String> roomIds, Duration poll) {
    var path =
        "/sync?set_presence=offline&timeout=%d&filter=%s"
            .formatted(poll.toMillis(), Homeserver.encoded(filter(roomIds)));
    return since == null ? path : path + "&since=" + Homeserver.encoded(since);
  }

  private static String filter(Set<String> roomIds) {
    var filter = Json.object();
    filter.putObject("presence").putArray("not_types").add("*");
    filter.putObject("account_data").putArray("not_types").add("*");
    var room = filter.putObject("room");
    room.putObject("ephemeral").putArray("not_types").add("*");
    room.putObject("account_data").putArray("not_types").add("*");
    room.putObject("state").put("lazy_load_members", true).putArray("types");
    var timeline = room.putObject("timeline").put("limit", MOST_EVENTS);
    var types = timeline.putArray("types");
    types.add("m.room.message").add("m.sticker").add("m.room.encrypted");
    ENDS_OF_ROOMS.forEach(types::add);
    var rooms = Json.object().putArray("rooms");
    roomIds.stream().sorted().forEach(rooms::add);
    if (Json.bytes(rooms).length <= LONGEST_FILTER) {
      room.set("rooms", rooms);
    }
    return new String(Json.bytes(filter), StandardCharsets.UTF_8);
  }

  /** Hands over what a room shows; false when the room is to be looked at anew. */
  private boolean handOver(String roomId, Tail tail, JsonNode rooms) {
    var room = tail.room();
    if (rooms.path("leave").has(roomId) || room == null) {
      return false;
    }
    var known = covered.contains(roomId);
    if (down || !known) {
      tail.feeds().up();
    }
    var timeline = rooms.path("join").path(roomId).path("timeline");
    if (!known) {
      return true;
    }
    if (timeline.path("limited").asBoolean(false)) {
      tail.feeds().behind(tail.topic());
      return true;
    }
    for (var event : timeline.path("events")) {
      if (ENDS_OF_ROOMS.contains(event.path("type").asText())) {
        return false;
      }
      reader.read(room, event).ifPresent(tail.feeds()::message);
    }
    return true;
  }

  /** Ends the poll and waits for a moment until it has. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    LockSupport.unpark(thread);
    if (thread.getState() == Thread.State.NEW) {
      return;
    }
    try {
      thread.join(Duration.ofSeconds(1));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
